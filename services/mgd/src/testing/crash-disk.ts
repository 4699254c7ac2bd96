import type { Disk } from '../database/disk.ts'

export class Crash extends Error {}

/** What a crash leaves: kill -9 everything that was done; a power cut what was synced, and as much of the rest as `luck` says. */
export type Fate = { readonly kind: 'kill' } | { readonly kind: 'power'; readonly luck: number }

type NameChange = (names: Map<string, string>) => void

/** A directory that dies at a chosen step, or fails at one, and forgets what a machine may forget. */
export class CrashDisk implements Disk {
  #names = new Map<string, string>()
  #sure = new Map<string, string>()
  /** Changes of names that were not synced, in order. */
  #pending: NameChange[] = []
  #steps = 0
  /** The step at which the machine dies; it has done nothing of it, or half of a write. */
  crashAt = Number.POSITIVE_INFINITY
  /** The step that fails with ENOSPC. */
  failAt = Number.POSITIVE_INFINITY

  get steps(): number {
    return this.#steps
  }

  async list(): Promise<readonly string[]> {
    return [...this.#names.keys()]
  }

  async read(name: string): Promise<string> {
    const text = this.#names.get(name)
    if (text === undefined) throw Object.assign(new Error(`ENOENT: ${name}`), { code: 'ENOENT' })
    return text
  }

  readHead(name: string): Promise<string> {
    return this.read(name)
  }

  async write(name: string, text: string): Promise<void> {
    try {
      this.#step()
    } catch (error) {
      // Half of it is there, under its name.
      this.#change(names => names.set(name, text.slice(0, text.length / 2)))
      throw error
    }
    this.#change(names => names.set(name, text))
    this.#step()
  }

  async rename(from: string, to: string): Promise<void> {
    this.#step()
    const text = await this.read(from)
    this.#change(names => {
      names.delete(from)
      names.set(to, text)
    })
  }

  async remove(name: string): Promise<void> {
    this.#step()
    await this.read(name)
    this.#change(names => names.delete(name))
  }

  async sync(): Promise<void> {
    this.#step()
    this.#sure = new Map(this.#names)
    this.#pending = []
  }

  /** The directory as the next start finds it. */
  restart(fate: Fate): CrashDisk {
    const next = new CrashDisk()
    next.#names = this.#names
    if (fate.kind === 'power') {
      next.#names = new Map(this.#sure)
      // File systems bring names to disk in their order, as far as they came.
      for (const change of this.#pending.slice(0, fate.luck)) change(next.#names)
    }
    next.#sure = new Map(next.#names)
    return next
  }

  #change(change: NameChange): void {
    change(this.#names)
    this.#pending.push(change)
  }

  #step(): void {
    this.#steps++
    if (this.#steps >= this.crashAt) throw new Crash('the machine died')
    if (this.#steps === this.failAt) throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' })
  }
}
