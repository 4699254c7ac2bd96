/** Bandwidths that a controller told the ingress of label-switched paths to signal, over what is configured. */
export class LspBandwidths {
  readonly #byName = new Map<string, number>()

  /** Bits a second; undefined: as configured. */
  of(name: string): number | undefined {
    return this.#byName.get(name)
  }

  set(name: string, bitsPerSecond: number): void {
    this.#byName.set(name, bitsPerSecond)
  }

  /** Forgets paths that the configuration has no more. */
  keep(names: ReadonlyMap<string, unknown>): void {
    for (const name of this.#byName.keys()) if (!names.has(name)) this.#byName.delete(name)
  }
}
