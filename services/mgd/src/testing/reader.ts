import { type DaemonDefinition, defineDaemon, type Problem } from '@hangar/daemon'
import { type ConfigView, formatSet } from '@hangar/junos-config'

/** A daemon that reads configuration and writes down what it was told. */
export interface Reader {
  readonly definition: DaemonDefinition<undefined>
  /** What it runs on, as set lines. */
  current: string[]
  readonly checks: string[][]
  readonly applies: string[][]
  /** What it answers. Replace to refuse or to hang. */
  onCheck(next: ConfigView): Promise<Problem[]> | Problem[]
  onApply(next: ConfigView): Promise<Problem[]> | Problem[]
}

export function reader(name: string, subtrees: string[][] = [['interfaces']]): Reader {
  const linesOf = (view: ConfigView) => formatSet(view.branch!)
  const one: Reader = {
    current: [],
    checks: [],
    applies: [],
    onCheck: () => [],
    onApply: () => [],
    definition: defineDaemon<undefined>({
      name,
      title: `${name} process`,
      start(host) {
        host.configure({
          subtrees,
          check(next) {
            one.checks.push(linesOf(next))
            return one.onCheck(next)
          },
          async apply(next) {
            const problems = await one.onApply(next)
            one.applies.push(linesOf(next))
            one.current = linesOf(next)
            return problems
          },
        })
      },
    }),
  }
  return one
}

export const never = <T>(): Promise<T> => new Promise<T>(() => {})
