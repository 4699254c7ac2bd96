import { create } from '@bufbuild/protobuf'
import {
  type InterfaceAddress,
  InterfaceAddressSchema,
  type InterfaceFamily,
  InterfaceFamilySchema,
  type LogicalInterface,
  LogicalInterfaceSchema,
  type PhysicalInterface,
  PhysicalInterfaceSchema,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import type { DesiredFamily, DesiredInterface, DesiredUnit } from './desired.ts'
import type { DesiredAddress } from './desired-addresses.ts'
import type { Numbers } from './numbers.ts'
import type { Port } from './port.ts'
import { Operation, type Report, reportIfa, reportIfd, reportIff, reportIfl } from './routing-socket.ts'

/**
 * What takes an interface from one state to the next. Deletes go before everything else, over all interfaces of a request, so
 * that an address which moves is never in two places.
 */
export interface Transition {
  readonly next: PhysicalInterface
  /** Children first: ifa, iff, ifl. */
  readonly deletes: readonly Report[]
  /** Parents first: ifd, ifl, iff, ifa. */
  readonly updates: readonly Report[]
}

interface Step {
  readonly numbers: Numbers
  readonly deletes: Report[]
  readonly updates: Report[]
  readonly ifd: string
}

/** The port as it is when the chassis finds it. `now`: Unix time in ms. */
export function addInterface(port: Port, desired: DesiredInterface, numbers: Numbers, now: number): Transition {
  const { name, index, snmpId } = port
  const generation = numbers.generation()
  const next = create(PhysicalInterfaceSchema, {
    ...own(desired),
    name,
    index,
    snmpId,
    generation,
    lastFlappedMs: BigInt(now),
  })
  return { next, deletes: [], updates: [reportIfd(Operation.ADD, next)] }
}

/** The transition from what is to what should be; undefined where that is the same. Takes numbers for what is new. */
export function changeInterface(
  current: PhysicalInterface,
  desired: DesiredInterface,
  numbers: Numbers,
  now: number,
): Transition | undefined {
  const step: Step = { numbers, deletes: [], updates: [], ifd: current.name }
  const flapped = current.linkUp !== desired.linkUp
  const ifd = create(PhysicalInterfaceSchema, {
    ...current,
    ...own(desired),
    lastFlappedMs: flapped ? BigInt(now) : current.lastFlappedMs,
    units: [],
  })
  if (differ(own(desired), current)) step.updates.push(reportIfd(Operation.CHANGE, ifd))
  ifd.units = changeUnits(step, current.units, desired.units)
  if (step.deletes.length === 0 && step.updates.length === 0) return undefined
  return { next: ifd, deletes: step.deletes, updates: step.updates }
}

function changeUnits(step: Step, current: readonly LogicalInterface[], desired: readonly DesiredUnit[]) {
  const gone = new Map(current.map(ifl => [ifl.unit, ifl]))
  const kept = desired.map(unit => [unit, gone.get(unit.unit)] as const)
  for (const unit of desired) gone.delete(unit.unit)
  for (const ifl of gone.values()) {
    changeFamilies(step, ifl.unit, ifl.families, [])
    step.deletes.push(reportIfl(Operation.DELETE, step.ifd, ifl))
    step.numbers.releaseIndex(ifl.index)
  }
  return kept.map(([unit, before]) => changeUnit(step, before, unit))
}

function changeUnit(step: Step, before: LogicalInterface | undefined, desired: DesiredUnit): LogicalInterface {
  const identity = before ?? {
    index: step.numbers.takeIndex(),
    snmpId: step.numbers.snmpId(`${step.ifd}.${desired.unit}`),
    generation: step.numbers.generation(),
  }
  const { index, snmpId, generation } = identity
  const ifl = create(LogicalInterfaceSchema, { ...own(desired), index, snmpId, generation })
  if (!before) step.updates.push(reportIfl(Operation.ADD, step.ifd, ifl))
  else if (differ(own(desired), before)) step.updates.push(reportIfl(Operation.CHANGE, step.ifd, ifl))
  ifl.families = changeFamilies(step, desired.unit, before?.families ?? [], desired.families)
  return ifl
}

function changeFamilies(
  step: Step,
  unit: number,
  current: readonly InterfaceFamily[],
  desired: readonly DesiredFamily[],
): InterfaceFamily[] {
  const gone = new Map(current.map(iff => [iff.family, iff]))
  const kept = desired.map(family => [family, gone.get(family.family)] as const)
  for (const family of desired) gone.delete(family.family)
  for (const iff of gone.values()) {
    changeAddresses(step, unit, iff.family, iff.addresses, [])
    step.deletes.push(reportIff(Operation.DELETE, step.ifd, unit, iff))
  }
  return kept.map(([family, before]) => {
    const generation = before?.generation ?? step.numbers.generation()
    const iff = create(InterfaceFamilySchema, { ...own(family), generation })
    if (!before) step.updates.push(reportIff(Operation.ADD, step.ifd, unit, iff))
    else if (differ(own(family), before)) step.updates.push(reportIff(Operation.CHANGE, step.ifd, unit, iff))
    iff.addresses = changeAddresses(step, unit, family.family, before?.addresses ?? [], family.addresses)
    return iff
  })
}

/** An address whose length changes is another address: its destination is another subnet. */
function changeAddresses(
  step: Step,
  unit: number,
  family: string,
  current: readonly InterfaceAddress[],
  desired: readonly DesiredAddress[],
): InterfaceAddress[] {
  const gone = new Map(current.map(ifa => [ifa.address, ifa]))
  const kept = desired.map(address => [address, gone.get(address.address)] as const)
  for (const address of desired) gone.delete(address.address)
  for (const ifa of gone.values()) step.deletes.push(reportIfa(Operation.DELETE, step.ifd, unit, family, ifa))
  return kept.map(([address, before]) => {
    if (before && !differ(address, before)) return before
    const generation = before?.generation ?? step.numbers.generation()
    const ifa = create(InterfaceAddressSchema, { ...address, generation })
    step.updates.push(reportIfa(before ? Operation.CHANGE : Operation.ADD, step.ifd, unit, family, ifa))
    return ifa
  })
}

/** The attributes of an object itself, without its children. */
function own<T extends object>(object: T): Omit<T, 'units' | 'families' | 'addresses'> {
  const {
    units: _units,
    families: _families,
    addresses: _addresses,
    ...rest
  } = object as T & {
    units?: unknown
    families?: unknown
    addresses?: unknown
  }
  return rest as Omit<T, 'units' | 'families' | 'addresses'>
}

/** Whether any of the wished attributes is another one in the object as it is. */
function differ(desired: object, current: object): boolean {
  for (const name in desired) {
    if (desired[name as keyof typeof desired] !== current[name as keyof typeof current]) return true
  }
  return false
}
