import type { ConfigurationProblem } from '@hangar/junos-cli'
import { HangarError, type Logger } from '@hangar/runtime'
import type { EngineOptions } from './engine.ts'

/**
 * What becomes of problems with a configuration that is committed already: the log has them, and whoever started the device is told of
 * those that are no mere warnings. What a daemon refuses is wrong in the configuration; what it cannot do is a port that another has.
 */
export function lateProblem(
  log: Logger,
  onStartProblem: ((error: HangarError) => void) | undefined,
): EngineOptions['onLateProblem'] {
  return (daemon, phase, problem) => {
    const text = problemText(problem)
    log.error({ daemon, phase }, text)
    if (problem.warning) return
    onStartProblem?.(new HangarError(phase === 'check' ? 'HGR_CONFIG_INVALID' : 'HGR_PORT_IN_USE', text))
  }
}

function problemText({ path, element, message }: ConfigurationProblem): string {
  const place = path === '' ? '' : `[edit ${path}] `
  return `${place}${element ? `'${element}': ` : ''}${message}`
}
