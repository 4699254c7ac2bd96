interface Metric {
  name: string
  help: string
  kind: 'Counter' | 'Gauge'
  read(): number
}

/** Numbers that a daemon keeps of itself, in the form that Prometheus reads. Names are made `hangar_<name>`. */
export class Metrics {
  readonly #metrics: Metric[] = []

  /** Only grows. */
  counter(name: string, help: string): { add(value?: number): void } {
    let count = 0
    this.#metrics.push({ name, help, kind: 'Counter', read: () => count })
    return {
      add(value = 1) {
        count += value
      },
    }
  }

  /** Is asked for when somebody reads. */
  gauge(name: string, help: string, read: () => number): void {
    this.#metrics.push({ name, help, kind: 'Gauge', read })
  }

  /** Prometheus text format. The library is loaded when somebody reads: a device starts without it. */
  async text(): Promise<string> {
    const { Counter, Gauge, Registry } = await import('prom-client')
    const registry = new Registry()
    for (const { name, help, kind, read } of this.#metrics) {
      const settings = { name: `hangar_${name}`, help, registers: [registry] }
      if (kind === 'Counter') new Counter(settings).inc(read())
      else new Gauge(settings).set(read())
    }
    return registry.metrics()
  }
}
