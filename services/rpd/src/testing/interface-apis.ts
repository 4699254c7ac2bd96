import { create, type MessageInitShape } from '@bufbuild/protobuf'
import { StatusCode as ClassicCode } from '@hangar/protocol/jnx_base_types_pb'
import { StatusCode as ModernCode } from '@hangar/protocol/jnx_common_base_types_pb'
import * as modern from '@hangar/protocol/jnx_routing_interface_service_pb'
import * as classic from '@hangar/protocol/routing_interface_service_pb'
import { expect } from 'vitest'
import { interfacesClassic } from '../api/interfaces-classic.ts'
import { interfacesModern } from '../api/interfaces-modern.ts'
import { InterfaceSubscriptions } from '../interfaces/subscriptions.ts'
import type { Routing } from '../routing.ts'
import type { jetCall } from './jet-call.ts'

export type Call = ReturnType<typeof jetCall>

export interface Entry {
  name: string
  status: string
  index?: number
  bandwidth?: bigint
  mtu?: number
  addresses?: unknown
}

export interface Answer {
  /** The name of the sub_code; the code beside it has been found to agree. */
  code: string
  entries: Entry[]
}

const statusNames = ['changed', 'up', 'down', 'deleted']

/** The routing-interface API of both generations as one: what they are asked and what they answer. */
export const interfaceApis = {
  classic({ clients, interfaces }: Pieces) {
    const { routingInterfaceInitialize, routingInterfaceGet, ...rest } = interfacesClassic(
      clients,
      new InterfaceSubscriptions(interfaces),
    )
    type Schema =
      | typeof classic.RoutingInterfaceGetResponseSchema
      | typeof classic.RoutingInterfaceInitializeResponseSchema
      | typeof classic.RoutingInterfaceNotificationResponseSchema
      | typeof classic.RoutingInterfaceNotificationUnregisterResponseSchema
      | typeof classic.RoutingInterfaceNotificationRefreshResponseSchema
    const read = (schema: Schema, init: object): Answer => {
      const message = create(schema, init as MessageInitShape<Schema>)
      const entries =
        'entries' in message ? message.entries : 'entry' in message && message.entry ? [message.entry] : []
      const code = schema.field.subCode!.enum!.value[message.subCode]!.name
      expect(message.code === ClassicCode.SUCCESS).toBe(/SUCCESS/.test(code))
      return { code, entries: entries.map(entry => read1(entry)) }
    }
    const read1 = (entry: classic.RoutingInterfaceEntry): Entry => ({
      ...plain(entry),
      addresses: entry.addresses.map(({ address, prefixLength, isPrimary }) => [
        address?.Af.case,
        address?.Af.case === 'mpls' ? undefined : address?.Af.value?.AddrFormat.value,
        prefixLength,
        isPrimary,
      ]),
    })
    return {
      initialize: async (call: Call) =>
        read(classic.RoutingInterfaceInitializeResponseSchema, await routingInterfaceInitialize!({} as never, call)),
      get: async (call: Call, Key: object, addressFormat = 0) =>
        read(
          classic.RoutingInterfaceGetResponseSchema,
          await routingInterfaceGet!({ Key, addressFormat } as never, call),
        ),
      subscribe: (call: Call, addressFormat = 0) =>
        mapped(rest.routingInterfaceNotificationRegister!({ addressFormat } as never, call), answer =>
          read(classic.RoutingInterfaceNotificationResponseSchema, answer),
        ),
      unsubscribe: async (call: Call) =>
        read(
          classic.RoutingInterfaceNotificationUnregisterResponseSchema,
          await rest.routingInterfaceNotificationUnregister!({} as never, call),
        ),
      refresh: async (call: Call) =>
        read(
          classic.RoutingInterfaceNotificationRefreshResponseSchema,
          await rest.routingInterfaceNotificationRefresh!({} as never, call),
        ),
    }
  },
  modern({ clients, interfaces }: Pieces) {
    const { interfaceInitialize, interfaceGet, ...rest } = interfacesModern(
      clients,
      new InterfaceSubscriptions(interfaces),
    )
    type Schema =
      | typeof modern.InterfaceGetResponseSchema
      | typeof modern.InterfaceInitializeResponseSchema
      | typeof modern.InterfaceSubscribeResponseSchema
      | typeof modern.InterfaceUnsubscribeResponseSchema
      | typeof modern.InterfaceRefreshResponseSchema
    const read = (schema: Schema, init: object): Answer => {
      const message = create(schema, init as MessageInitShape<Schema>)
      const entries =
        'entries' in message ? message.entries : 'entry' in message && message.entry ? [message.entry] : []
      const code = schema.field.subCode!.enum!.value[message.subCode]!.name
      expect(message.status?.code === ModernCode.SUCCESS).toBe(/SUCCESS/.test(code))
      return { code, entries: entries.map(entry => read1(entry)) }
    }
    const read1 = (entry: modern.InterfaceEntry): Entry => ({
      ...plain(entry),
      addresses: entry.addresses.map(({ address, prefixLength, isPrimary }) => [
        address?.af.case,
        address?.af.case === 'mpls' ? undefined : address?.af.value?.addrFormat.value,
        prefixLength,
        isPrimary,
      ]),
    })
    return {
      initialize: async (call: Call) =>
        read(modern.InterfaceInitializeResponseSchema, await interfaceInitialize!({} as never, call)),
      get: async (call: Call, key: object, addressFormat = 0) =>
        read(modern.InterfaceGetResponseSchema, await interfaceGet!({ key, addressFormat } as never, call)),
      subscribe: (call: Call, addressFormat = 0) =>
        mapped(rest.interfaceSubscribe!({ addressFormat } as never, call), answer =>
          read(modern.InterfaceSubscribeResponseSchema, answer),
        ),
      unsubscribe: async (call: Call) =>
        read(modern.InterfaceUnsubscribeResponseSchema, await rest.interfaceUnsubscribe!({} as never, call)),
      refresh: async (call: Call) =>
        read(modern.InterfaceRefreshResponseSchema, await rest.interfaceRefresh!({} as never, call)),
    }
  },
}
type Pieces = Pick<Routing, 'clients' | 'interfaces'>

function plain({ name, status, index, bandwidth, mtu }: classic.RoutingInterfaceEntry | modern.InterfaceEntry) {
  return { name, status: statusNames[status]!, index, bandwidth, mtu }
}

async function* mapped<A, B>(answers: AsyncIterable<A>, read: (answer: A) => B): AsyncIterableIterator<B> {
  for await (const answer of answers) yield read(answer)
}
