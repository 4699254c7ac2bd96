/** Runs steps one after the other, in the order asked for. One that fails holds nothing up. */
export class Queue {
  #last: Promise<unknown> = Promise.resolve()

  run<T>(step: () => Promise<T>): Promise<T> {
    const result = this.#last.then(step)
    this.#last = result.catch(() => {})
    return result
  }
}
