import type { DescMessage, MessageShape } from '@bufbuild/protobuf'
import { fromBinary } from '@bufbuild/protobuf'
import { type JetCall, notDecodable } from '@hangar/daemon'
import { messageOf } from '@hangar/runtime'
import { conforming } from '../../decode/conforming.ts'
import { RouteDecoder } from '../../decode/route-decoder.ts'
import type { Routing } from '../../routing.ts'
import type { WriteOutcome } from './faults.ts'
import type { GatewayMessage, Tunnel } from './gateways.ts'
import { GivenNextHop } from './given-next-hop.ts'
import type { Generation, RibClients } from './rib-clients.ts'
import { type AttributesMessage, GivenAttributes } from './route-attributes.ts'
import { type Columns, type Operation, type OtherFamily, RouteWriter } from './route-writer.ts'
import type { TableMessage } from './table-message.ts'

/** What the two generations of the API do not have in common. */
export interface Contract<Gateway extends GatewayMessage> {
  readonly generation: Generation
  /** RouteUpdateRequest and the request that removes. */
  readonly updateRequest: DescMessage
  readonly removeRequest: DescMessage
  readonly otherFamily: OtherFamily
  readonly trafficStats: boolean
  nextHop(bytes: Uint8Array): { readonly gateways: readonly Gateway[] }
  tunnel(gateway: Gateway): Tunnel | undefined
  attributes(bytes: Uint8Array): AttributesMessage
  table(bytes: Uint8Array): TableMessage
  reply(outcome: WriteOutcome): Uint8Array
}

/** A sub-message, by its schema alone. */
export function readMessage<M extends DescMessage>(schema: M, bytes: Uint8Array): MessageShape<M> {
  return fromBinary(schema, conforming(schema, bytes))
}

/** The requests that write routes, as bytes, of one generation. */
export function writeRequests<Gateway extends GatewayMessage>(
  routing: Routing,
  clients: RibClients,
  contract: Contract<Gateway>,
) {
  const { generation } = contract
  const decoder = new RouteDecoder<GivenNextHop, GivenAttributes, TableMessage>({
    nextHop(bytes) {
      const { gateways } = contract.nextHop(bytes)
      return new GivenNextHop(
        gateways,
        gateways.map(gateway => contract.tunnel(gateway)),
      )
    },
    attributes: bytes => new GivenAttributes(contract.attributes(bytes)),
    table: bytes => contract.table(bytes),
    trafficStats: contract.trafficStats,
  })
  const writer = new RouteWriter(routing, contract.otherFamily)

  function decode(bytes: Uint8Array, kind: 'update' | 'keys'): Columns {
    try {
      return decoder[kind](bytes)
    } catch (error) {
      throw notDecodable(kind === 'keys' ? contract.removeRequest : contract.updateRequest, messageOf(error))
    }
  }

  async function answer(
    { caller }: JetCall,
    write: (client: ReturnType<typeof routing.clients.calling>) => WriteOutcome,
  ): Promise<Uint8Array> {
    const client = clients.writing(caller, generation)
    if (typeof client === 'string') return contract.reply({ fault: client, completed: 0 })
    const outcome = write(client)
    if (outcome.completed > 0) {
      clients.wrote(client, generation)
      await routing.committed()
    }
    return contract.reply(outcome)
  }

  return {
    put: (operation: Operation) => (bytes: Uint8Array, call: JetCall) => {
      const columns = decode(bytes, 'update')
      return answer(call, client => writer.put(columns, operation, clients.source(client), clients.defaults(client)))
    },
    remove: (bytes: Uint8Array, call: JetCall) => {
      const columns = decode(bytes, 'keys')
      return answer(call, client => writer.remove(columns, clients.source(client)))
    },
  }
}
