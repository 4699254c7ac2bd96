/** Which topic filters anybody is subscribed to, as a set that says how it changes. */
export class Filters {
  readonly #holders = new Map<string, Set<string>>()
  readonly #ofClient = new Map<string, Set<string>>()
  readonly #onChange: (filter: string, wanted: boolean) => void

  constructor(onChange: (filter: string, wanted: boolean) => void) {
    this.#onChange = onChange
  }

  add(client: string, filter: string): void {
    const own = this.#ofClient.get(client) ?? new Set()
    this.#ofClient.set(client, own.add(filter))
    const holders = this.#holders.get(filter)
    if (holders) holders.add(client)
    else {
      this.#holders.set(filter, new Set([client]))
      this.#onChange(filter, true)
    }
  }

  remove(client: string, filter: string): void {
    this.#ofClient.get(client)?.delete(filter)
    const holders = this.#holders.get(filter)
    if (!holders?.delete(client) || holders.size > 0) return
    this.#holders.delete(filter)
    this.#onChange(filter, false)
  }

  removeClient(client: string): void {
    for (const filter of this.#ofClient.get(client) ?? []) this.remove(client, filter)
    this.#ofClient.delete(client)
  }

  has(client: string, filter: string): boolean {
    return this.#ofClient.get(client)?.has(filter) ?? false
  }

  countOf(client: string): number {
    return this.#ofClient.get(client)?.size ?? 0
  }
}
