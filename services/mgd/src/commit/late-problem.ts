import type { ConfigurationProblem } from '@hangar/junos-cli'
import { HangarError, type Logger } from '@hangar/runtime'
import type { EngineOptions } from './engine.ts'

/**
 * What becomes of problems with a configuration that is committed already: the log has them, unless somebody who starts the device wants to be
 * told of those that are no mere warnings. What a daemon refuses is wrong in the configuration; what it cannot do is a port that another has.
 */
export function lateProblem(
  log: Logger,
  onStartProblem: ((error: HangarError) => void) | undefined,
): EngineOptions['onLateProblem'] {
  return (daemon, phase, problem) => {
    const text = problemText(problem)
    if (problem.warning || !onStartProblem) log.error({ reader: daemon, phase }, text)
    else onStartProblem(new HangarError(phase === 'check' ? 'HGR_CONFIG_INVALID' : 'HGR_PORT_IN_USE', text))
  }
}

function problemText({ path, element, message }: ConfigurationProblem): string {
  const place = path === '' ? '' : `[edit ${path}] `
  return `${place}${element ? `'${element}': ` : ''}${message}`
}
