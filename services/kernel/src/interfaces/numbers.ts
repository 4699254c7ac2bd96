/** Index of the first logical interface. The kernel's own units come before it. */
const firstUnitIndex = 70
/** Objects of the kernel's own, made before any port. */
const firstGeneration = 128n

/** Gives the numbers by which the rest of the device knows objects. */
export class Numbers {
  #generation = firstGeneration
  #nextSnmpId: number
  readonly #snmpIds = new Map<string, number>()
  readonly #indices = new Set<number>()
  /** No index below this one is free. */
  #lowestIndex = firstUnitIndex

  /** `nextSnmpId`: the first SNMP id that no port has. */
  constructor(nextSnmpId: number) {
    this.#nextSnmpId = nextSnmpId
  }

  /** Grows by one with each object of any kind. */
  generation(): bigint {
    return this.#generation++
  }

  /** The lowest index that no logical interface has. */
  takeIndex(): number {
    let index = this.#lowestIndex
    while (this.#indices.has(index)) index++
    this.#indices.add(index)
    this.#lowestIndex = index + 1
    return index
  }

  releaseIndex(index: number): void {
    if (this.#indices.delete(index)) this.#lowestIndex = Math.min(this.#lowestIndex, index)
  }

  /** A name keeps its SNMP id when the interface goes and comes again, as ifIndex persistence asks for (RFC 2863 3.1.5). */
  snmpId(name: string): number {
    const known = this.#snmpIds.get(name)
    if (known !== undefined) return known
    const id = this.#nextSnmpId++
    this.#snmpIds.set(name, id)
    return id
  }
}
