import { type CandidateMode, DatabaseLocked, DatabaseModified } from '@hangar/junos-cli'
import { type Branch, diff, loadSet } from '@hangar/junos-config'
import type { Clock } from '@hangar/runtime'
import { Candidate } from './candidate.ts'
import { type EditorIdentity, EditorSeat } from './editors.ts'

/**
 * The candidates and who edits them. One is shared; each private one is its owner's; an exclusive one is the shared one, locked.
 * What is committed comes in by {@link ConfigurationDatabase.committed}.
 */
export class ConfigurationDatabase {
  readonly #clock: Clock
  readonly #editors = new Set<EditorSeat>()
  #committed: Branch
  #shared: Branch

  constructor(committed: Branch, clock: Clock) {
    this.#committed = committed
    this.#shared = committed
    this.#clock = clock
  }

  get committed(): Branch {
    return this.#committed
  }

  get editors(): readonly EditorSeat[] {
    return [...this.#editors]
  }

  /** The shared candidate has changes that are not committed. */
  get sharedModified(): boolean {
    return differs(this.#committed, this.#shared)
  }

  /** Throws `DatabaseLocked` or `DatabaseModified`. */
  enter(identity: EditorIdentity, mode: CandidateMode): Candidate {
    const locked = this.editors.find(editor => editor.mode === 'exclusive')
    if (mode !== 'shared') {
      if (locked) throw new DatabaseLocked([locked.seenBy(undefined)])
      const shared = this.editors.filter(editor => editor.mode === 'shared').map(editor => editor.seenBy(undefined))
      if (this.sharedModified) throw new DatabaseModified(mode, shared)
      if (mode === 'exclusive' && shared.length > 0) throw new DatabaseLocked(shared)
    }
    const seat = new EditorSeat(identity, mode, this.#clock)
    this.#editors.add(seat)
    return mode === 'private' ? this.#privateCandidate(seat) : this.#sharedCandidate(seat)
  }

  /** A commit is done: candidates that had no changes follow it, others keep theirs on top of it. */
  commitDone(committed: Branch): void {
    this.#shared = rebase(this.#committed, this.#shared, committed)
    this.#committed = committed
  }

  /** Who else holds the configuration for themselves; throws for anybody but the holder. */
  #checkLock(seat: EditorSeat): void {
    const holder = this.editors.find(editor => editor.mode === 'exclusive')
    if (holder && holder !== seat) throw new DatabaseLocked([holder.seenBy(seat)])
  }

  #sharedCandidate(seat: EditorSeat): Candidate {
    return new Candidate(seat, {
      read: () => this.#shared,
      write: tree => {
        this.#checkLock(seat)
        this.#shared = tree
      },
      toCommit: () => {
        this.#checkLock(seat)
        return this.#shared
      },
      base: () => this.#committed,
      committed: () => {},
      leave: () => {
        if (seat.mode === 'exclusive') this.#shared = this.#committed
        this.#editors.delete(seat)
      },
    })
  }

  #privateCandidate(seat: EditorSeat): Candidate {
    let base = this.#committed
    let tree = base
    return new Candidate(seat, {
      read: () => tree,
      write: next => {
        tree = next
      },
      // What this user changed, on top of what others have committed meanwhile.
      toCommit: () => {
        this.#checkLock(seat)
        return rebase(base, tree, this.#committed)
      },
      base: () => base,
      committed: () => {
        base = this.#committed
        tree = base
      },
      leave: () => void this.#editors.delete(seat),
    })
  }
}

/** Whether there is a difference; costs what it takes to find the first shared parts. */
export function differs(a: Branch, b: Branch): boolean {
  return a !== b && diff(a, b).length > 0
}

/** The changes from `base` to `changed`, made on `onto`. What they delete may be gone already. */
function rebase(base: Branch, changed: Branch, onto: Branch): Branch {
  if (base === onto) return changed
  if (base === changed || changed === onto) return onto
  const lines = diff(base, changed)
  return lines.length === 0 ? onto : loadSet(onto, lines.join('\n')).root
}
