import { median } from '../row.ts'

/** What the rounds measured, by name. */
export class Figures {
  readonly #values = new Map<string, number[]>()

  add(name: string, value: number): void {
    this.#values.set(name, [...(this.#values.get(name) ?? []), value])
  }

  /** Undefined where nothing was measured. */
  median(name: string): number | undefined {
    const values = this.#values.get(name)
    return values && median(values)
  }
}
