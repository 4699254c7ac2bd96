import { create, type DescMessage, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import type { JetCall } from '@hangar/daemon'
import * as modernMessages from '@hangar/protocol/jnx_routing_rib_service_pb'
import * as classicMessages from '@hangar/protocol/rib_service_pb'
import { RibClients } from '../api/rib/rib-clients.ts'
import { ribClassic, ribClassicBytes } from '../api/rib-classic.ts'
import { ribModern, ribModernBytes } from '../api/rib-modern.ts'
import type { Routing } from '../routing.ts'
import { jetCall } from './jet-call.ts'

/** An address: text (by its colons IPv6), bytes (by their number), or a label. */
export type TestAddress = string | Uint8Array | number

/** A route's key in the words of neither generation. */
export interface TestKey {
  /** Undefined: the key has none. */
  to?: TestAddress | undefined
  length?: number
  /** Name or number; undefined: the key has none. */
  table?: string | number | undefined
  cookie?: bigint
  /** Of the address, unless it is its own. */
  family?: 'inet' | 'inet6'
}

export interface TestGateway {
  address?: TestAddress
  interfaceName?: string
  localAddress?: TestAddress
  /** ["push 17", "pop"] */
  labels?: readonly string[]
  weight?: number
  bandwidth?: number
  flexibleTunnelProfile?: object
  /** Classic alone. */
  table?: string | number
}

export interface TestRoute extends TestKey {
  /** Ways; a text is the address of a gateway. None discards. */
  via?: readonly (TestGateway | string)[]
  attributes?: Partial<Record<'preferences' | 'tags' | 'colors' | 'metrics', Record<number, number>>> & {
    noAdvertise?: boolean
  }
  enableStats?: boolean
}

export interface TestAnswer {
  /** The name of the status. */
  status: string
  completed: number
}

type Names = 'classic' | 'modern'
const words = {
  classic: { af: 'Af', format: 'AddrFormat', table: 'RtTableFormat', id: 'rttId', name: 'rttName' },
  modern: { af: 'af', format: 'addrFormat', table: 'routeTableFormat', id: 'id', name: 'name' },
} as const

/** Messages of a generation as plain objects. */
export function messages(names: Names) {
  const word = words[names]
  const address = (one: TestAddress | undefined, family?: string) => {
    if (one === undefined) return undefined
    if (typeof one === 'number') return { [word.af]: { case: 'mpls', value: { label: one } } }
    const six = typeof one === 'string' ? one.includes(':') : one.length === 16
    const value = { [word.format]: { case: typeof one === 'string' ? 'addrString' : 'addrBytes', value: one } }
    return { [word.af]: { case: family ?? (six ? 'inet6' : 'inet'), value } }
  }
  const table = (one: string | number | undefined) =>
    one === undefined
      ? undefined
      : {
          [word.table]:
            typeof one === 'number' ? { case: word.id, value: { id: one } } : { case: word.name, value: { name: one } },
        }
  const key = ({ to, family, length = 0, cookie = 0n, ...rest }: TestKey) => ({
    destPrefix: address(to, family),
    destPrefixLen: length,
    table: table('table' in rest ? rest.table : 'inet.0'),
    cookie,
  })
  const labelStack = (steps: readonly string[]) => ({
    entries: steps.map(step => {
      const [operation, label] = step.split(' ')
      const opcode = ['noop', 'pop', 'push', 'swap'].indexOf(operation!)
      return {
        opcode: opcode < 0 ? 7 : opcode,
        ...(label === undefined ? {} : { labelEntry: { label: Number(label) } }),
      }
    }),
  })
  const gateway = (one: TestGateway | string) => {
    const {
      address: to,
      localAddress,
      labels,
      table: other,
      ...rest
    } = typeof one === 'string' ? { address: one } : one
    return {
      ...rest,
      gatewayAddress: address(to),
      localAddress: address(localAddress),
      labelStack: labels && labelStack(labels),
      table: table(other),
    }
  }
  const numbers = (map: Record<number, number> | undefined) =>
    map && Object.fromEntries(Object.entries(map).map(([at, value]) => [at, { value }]))
  const entry = ({ via, attributes, enableStats = false, ...rest }: TestRoute) => ({
    key: key(rest),
    nexthop: via && { gateways: via.map(gateway) },
    attributes: attributes && {
      ...attributes,
      preferences: numbers(attributes.preferences),
      tags: numbers(attributes.tags),
      colors: numbers(attributes.colors),
      metrics: numbers(attributes.metrics),
    },
    enableStats,
  })
  return { key, entry, address, table }
}

function bytesOf<M extends DescMessage>(schema: M, message: object): Uint8Array {
  return toBinary(schema, create(schema, message as MessageInitShape<M>))
}

type Put = 'add' | 'modify' | 'update'

/** Both generations' RPCs that write routes, as one. A client of the modern one initializes with its first call, unless it is called new. */
export const writeApis = {
  classic(routing: Routing) {
    const clients = new RibClients(routing)
    const bytes = ribClassicBytes(routing, clients)
    const typed = ribClassic(routing, clients)
    const { key, entry } = messages('classic')
    const read = (reply: Uint8Array): TestAnswer => {
      const { status, operationsCompleted } = fromBinary(classicMessages.RouteOperReplySchema, reply)
      return { status: classicMessages.RouteOperStatus[status]!, completed: operationsCompleted }
    }
    const methods = {
      add: bytes.routeAdd!,
      modify: bytes.routeModify!,
      update: bytes.routeUpdate!,
      remove: bytes.routeRemove!,
    }
    const raw = async (method: Put | 'remove', request: Uint8Array, call: JetCall) =>
      read(await methods[method](request, call))
    return {
      typed,
      encode: (routes: readonly TestRoute[]) =>
        bytesOf(classicMessages.RouteUpdateRequestSchema, { routes: routes.map(entry) }),
      raw,
      put(method: Put, client: string | JetCall, ...routes: TestRoute[]): Promise<TestAnswer> {
        return raw(method, this.encode(routes), callOf(client))
      },
      remove: (client: string | JetCall, ...keys: TestKey[]) =>
        raw('remove', bytesOf(classicMessages.RouteRemoveRequestSchema, { keys: keys.map(key) }), callOf(client)),
    }
  },
  modern(routing: Routing) {
    const clients = new RibClients(routing)
    const bytes = ribModernBytes(routing, clients)
    const typed = ribModern(clients)
    const { key, entry } = messages('modern')
    const ready = (call: JetCall) => {
      const { clientId, session } = call.caller
      if (clientId.startsWith('new')) return
      const client = routing.clients.calling(call.caller)
      if (client.initialized.get('rib') !== session)
        void typed.routeInitialize!(create(modernMessages.RouteInitializeRequestSchema), call)
    }
    const read = (reply: Uint8Array): TestAnswer => {
      const { status, subCode, operationsCompleted } = fromBinary(modernMessages.RouteSetOperResponseSchema, reply)
      if (!status || (status.code === 0) !== (subCode === 0)) throw new Error('code and sub_code say two things')
      const name = modernMessages.StatusCode[subCode]!
      if (status.message !== (subCode === 0 ? '' : name)) throw new Error(`message ${status.message}`)
      return { status: name, completed: operationsCompleted }
    }
    const methods = {
      add: bytes.routeAdd!,
      modify: bytes.routeModify!,
      update: bytes.routeUpdate!,
      remove: bytes.routeDelete!,
    }
    const raw = async (method: Put | 'remove', request: Uint8Array, call: JetCall) => {
      ready(call)
      return read(await methods[method](request, call))
    }
    return {
      typed,
      encode: (routes: readonly TestRoute[]) =>
        bytesOf(modernMessages.RouteUpdateRequestSchema, { routes: routes.map(entry) }),
      raw,
      put(method: Put, client: string | JetCall, ...routes: TestRoute[]): Promise<TestAnswer> {
        return raw(method, this.encode(routes), callOf(client))
      },
      remove: (client: string | JetCall, ...keys: TestKey[]) =>
        raw('remove', bytesOf(modernMessages.RouteDeleteRequestSchema, { keys: keys.map(key) }), callOf(client)),
    }
  },
}

export type WriteApi = ReturnType<(typeof writeApis)['classic' | 'modern']>

function callOf(client: string | JetCall): JetCall {
  return typeof client === 'string' ? jetCall(client) : client
}
