import { create, type Message } from '@bufbuild/protobuf'
import type { Branch, ConfigView } from '@hangar/junos-config'
import {
  type AddressConfiguration,
  AddressConfigurationSchema,
  type FamilyConfiguration,
  FamilyConfigurationSchema,
  type InterfaceConfiguration,
  InterfaceConfigurationSchema,
  type UnitConfiguration,
  UnitConfigurationSchema,
} from '@hangar/protocol/hangar/kernel/v1/kernel_pb'

/** What the configuration wants of each interface, by name. */
export type Interfaces = ReadonlyMap<string, InterfaceConfiguration>

const families = ['inet', 'iso', 'inet6', 'mpls'] as const

/**
 * Reads the hierarchy `interfaces`. A branch that two configurations share gives the same message, so that what a commit did not
 * touch is neither read nor compared again.
 */
export class InterfaceReader {
  readonly #known = new WeakMap<Branch, Message>()

  /** `root`: a configuration from its root. */
  read(root: ConfigView): Interfaces {
    const entries = root.at('interfaces').list()
    return new Map(entries.map(entry => [entry.key, this.#interface(entry)]))
  }

  #interface(view: ConfigView): InterfaceConfiguration {
    return this.#once(view, () =>
      create(InterfaceConfigurationSchema, {
        name: view.key,
        description: view.leaf('description') ?? '',
        disable: view.has('disable'),
        mtu: view.number('mtu') ?? 0,
        vlanTagging: view.has('vlan-tagging') || view.has('flexible-vlan-tagging'),
        units: view.list('unit').map(unit => this.#unit(unit)),
      }),
    )
  }

  #unit(view: ConfigView): UnitConfiguration {
    return this.#once(view, () =>
      create(UnitConfigurationSchema, {
        unit: Number(view.key),
        description: view.leaf('description') ?? '',
        disable: view.has('disable'),
        vlanId: view.number('vlan-id') ?? 0,
        families: families.flatMap(family => {
          const there = view.at('family', family)
          return there.exists ? [this.#family(family, there)] : []
        }),
      }),
    )
  }

  #family(family: string, view: ConfigView): FamilyConfiguration {
    const addresses = family === 'mpls' ? [] : view.list('address').map(one => this.#address(family, one))
    return create(FamilyConfigurationSchema, { family, mtu: view.number('mtu') ?? 0, addresses })
  }

  #address(family: string, view: ConfigView): AddressConfiguration {
    const marked = (flag: string) => family !== 'iso' && view.has(flag)
    return this.#once(view, () =>
      create(AddressConfigurationSchema, {
        address: view.key,
        primary: marked('primary'),
        preferred: marked('preferred'),
        eui64: family === 'inet6' && view.has('eui-64'),
      }),
    )
  }

  /** A branch stands for one kind of message alone. */
  #once<M extends Message>(view: ConfigView, read: () => M): M {
    const branch = view.branch!
    const message = (this.#known.get(branch) as M | undefined) ?? read()
    this.#known.set(branch, message)
    return message
  }
}
