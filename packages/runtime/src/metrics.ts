import { Counter, Gauge, Registry } from 'prom-client'

/** Numbers that a daemon keeps of itself, in the form that Prometheus reads. Names are made `hangar_<name>`. */
export class Metrics {
  readonly #registry = new Registry()

  /** Only grows. */
  counter(name: string, help: string): { add(value?: number): void } {
    const counter = new Counter({ name: `hangar_${name}`, help, registers: [this.#registry] })
    return { add: (value = 1) => counter.inc(value) }
  }

  /** Is asked for when somebody reads. */
  gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name: `hangar_${name}`,
      help,
      registers: [this.#registry],
      collect() {
        this.set(read())
      },
    })
  }

  /** Prometheus text format. */
  text(): Promise<string> {
    return this.#registry.metrics()
  }
}
