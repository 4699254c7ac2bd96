import { create } from '@bufbuild/protobuf'
import {
  type AddressConfiguration,
  AddressConfigurationSchema,
  FamilyConfigurationSchema,
  InterfaceConfigurationSchema,
  UnitConfigurationSchema,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import type { Wish } from '../interface-table.ts'

/** Configuration as plain data: what is absent has its default. */
export interface PlainInterface {
  name: string
  description?: string
  disable?: boolean
  mtu?: number
  vlanTagging?: boolean
  units?: readonly PlainUnit[]
}

export interface PlainUnit {
  unit: number
  description?: string
  disable?: boolean
  vlanId?: number
  families?: readonly PlainFamily[]
}

export interface PlainFamily {
  family: string
  mtu?: number
  addresses?: readonly Partial<Omit<AddressConfiguration, '$typeName' | '$unknown'>>[]
}

/** A wish that names only what changes. */
export function wish(interfaces: readonly PlainInterface[], removed: readonly string[] = [], all = false): Wish {
  return { interfaces: interfaces.map(message), removed, all }
}

/** One interface with unit 0, a family and its addresses. */
export function addressed(name: string, family: string, ...addresses: string[]): PlainInterface {
  return { name, units: [{ unit: 0, families: [{ family, addresses: addresses.map(address => ({ address })) }] }] }
}

function message({ units = [], ...own }: PlainInterface) {
  return create(InterfaceConfigurationSchema, {
    ...own,
    units: units.map(({ families = [], ...unit }) =>
      create(UnitConfigurationSchema, {
        ...unit,
        families: families.map(({ addresses = [], ...family }) =>
          create(FamilyConfigurationSchema, {
            ...family,
            addresses: addresses.map(address => create(AddressConfigurationSchema, address)),
          }),
        ),
      }),
    ),
  })
}
