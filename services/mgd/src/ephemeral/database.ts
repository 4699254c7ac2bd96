import { CommandError, type ConfigurationProblem } from '@hangar/junos-cli'
import { type Branch, emptyRoot, formatSet, inherit, loadSet, viewOf } from '@hangar/junos-config'
import { type Clock, Queue } from '@hangar/runtime'
import type { CommitEngine } from '../commit/engine.ts'

/** The name by which the default instance goes here; in requests it is the empty one. */
const defaultName = ''

/** One instance: what daemons act on, and what was loaded on top of it without a commit. */
interface Instance {
  readonly committed: Branch
  readonly loaded: Branch
  /** Of the last commit, Unix milliseconds. */
  readonly changed: number
}

export interface EphemeralEdit {
  readonly instance: string
  /** Whether the model's own checks are made on what it all comes to. */
  readonly validated: boolean
  /** Loaded, not committed: the next edit that is committed takes it along. */
  readonly loadOnly: boolean
  /** Makes the new contents of the old. What it throws is thrown on, and nothing has changed. */
  change(tree: Branch): Branch
}

/**
 * The ephemeral configuration: a default instance, and those that the committed configuration names. It stands over what is
 * committed, takes the way of a commit to the daemons, and no commit, rollback or restart knows it.
 */
export class EphemeralDatabase {
  readonly #engine: CommitEngine
  readonly #clock: Clock
  readonly #since: number
  readonly #queue = new Queue()
  #instances: ReadonlyMap<string, Instance> = new Map()

  constructor(engine: CommitEngine, clock: Clock) {
    this.#engine = engine
    this.#clock = clock
    this.#since = clock.now()
  }

  /** The instances that are configured, first the one with the highest priority; without the default one. */
  get names(): readonly string[] {
    return instanceNames(this.#engine.effective)
  }

  /** What is committed in an instance; undefined where there is no such instance. */
  committed(name: string): Branch | undefined {
    return this.#exists(name) ? (this.#instances.get(name)?.committed ?? emptyRoot) : undefined
  }

  /** When an instance was last changed, Unix milliseconds; never: when this device started. */
  changed(name: string): number {
    return this.#instances.get(name)?.changed ?? this.#since
  }

  /** When any of them was. */
  get lastChanged(): number {
    return Math.max(this.#since, ...[...this.#instances.values()].map(({ changed }) => changed))
  }

  /** What the device acts on: all instances over the committed configuration. */
  get merged(): Branch {
    return this.#engine.effective
  }

  /** Throws `CommandError` for an instance that is not there, `CommitFailed` when a daemon refuses. */
  edit({ instance, validated, loadOnly, change }: EphemeralEdit): Promise<readonly ConfigurationProblem[]> {
    const next = () => {
      if (!this.#exists(instance))
        throw new CommandError(`ephemeral instance '${instance.slice(0, 64)}' is not configured`)
      const before = this.#instances.get(instance)
      const loaded = change(before?.loaded ?? emptyRoot)
      return { committed: before?.committed ?? emptyRoot, loaded, changed: before?.changed ?? this.#since }
    }
    // One after the other, so that what one loads is not lost in the commit of another.
    return this.#queue.run(async () => {
      if (loadOnly) {
        this.#put(instance, next())
        return []
      }
      return this.#engine.lay(
        () => {
          const { loaded } = next()
          const committed = { committed: loaded, loaded, changed: this.#clock.now() }
          const instances = new Map(this.#instances).set(instance, committed)
          return { overlay: effective => overlaid(effective, instances), adopt: () => this.#put(instance, committed) }
        },
        { validated },
      )
    })
  }

  /** The effective configuration with all instances over it. */
  over(effective: Branch): Branch {
    return overlaid(effective, this.#instances)
  }

  /** A commit is done: what instances held that are no longer configured is gone. */
  forgetRemoved(): void {
    const { effective } = this.#engine
    const kept = new Set(instanceNames(effective))
    if (!settings(effective).has('delete-ephemeral-default')) kept.add(defaultName)
    const left = new Map([...this.#instances].filter(([name]) => kept.has(name)))
    if (left.size < this.#instances.size) this.#instances = left
  }

  #exists(name: string): boolean {
    return name === defaultName || this.names.includes(name)
  }

  #put(name: string, instance: Instance): void {
    this.#instances = new Map(this.#instances).set(name, instance)
  }
}

function settings(effective: Branch) {
  return viewOf(effective).at('system', 'configuration-database', 'ephemeral')
}

function instanceNames(effective: Branch): string[] {
  return settings(effective)
    .list('instance')
    .map(instance => instance.key)
}

/**
 * The instances over what is committed: a named one beats the default one, and among the named the one that is listed first wins.
 * Which there are, and whether the default one counts, stands in what is committed.
 */
function overlaid(effective: Branch, instances: ReadonlyMap<string, Instance>): Branch {
  const view = settings(effective)
  const ignored = view.has('ignore-ephemeral-default') || view.has('delete-ephemeral-default')
  const rising = [...(ignored ? [] : [defaultName]), ...instanceNames(effective).toReversed()]
  return rising.reduce((tree, name) => above(tree, instances.get(name)?.committed), effective)
}

function above(tree: Branch, instance: Branch | undefined): Branch {
  if (!instance || instance.children.size === 0) return tree
  return loadSet(tree, formatSet(inherit(instance)).join('\n')).root
}
