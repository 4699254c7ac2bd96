import type { Caller, JetImplementation } from '@hangar/daemon'
import { AddressFormat } from '@hangar/protocol/jnx_common_addr_types_pb'
import { RouteTableFormat } from '@hangar/protocol/jnx_routing_base_types_pb'
import {
  type Bgp,
  CleanupResponse_StatusCode as CleanupCode,
  RouteGetResponse_StatusCode as GetCode,
  InitializeResponse_StatusCode as InitializeCode,
  RouteSubscribeEntry_RouteSubscribeOper as Operation,
  RouteOperResponse_StatusCode as OperCode,
  RouteRefreshResponse_StatusCode as RefreshCode,
  type RouteUpdateRequest,
  RouteSubscribeResponse_StatusCode as SubscribeCode,
  RouteUnsubscribeResponse_StatusCode as UnsubscribeCode,
} from '@hangar/protocol/jnx_routing_bgp_service_pb'
import type { BgpNotice } from '../bgp/bgp-monitor.ts'
import type { BgpOperation } from '../bgp/bgp-routes.ts'
import type { BgpReply, BgpService } from '../bgp/bgp-service.ts'
import { classicEntry, classicMatch, modernEntry } from '../bgp/modern-entry.ts'
import type { ReplyFormat } from '../bgp/to-entry.ts'
import type { Routing } from '../routing.ts'
import { failure, success } from './rpc-status.ts'

const standard: ReplyFormat = { addressBytes: false, tableId: false }

/** What came of a call: the code by its name, and the status that goes with it. */
function outcome<Codes extends Record<string, string | number>>(codes: Codes, name: keyof Codes & string) {
  const good = name === 'SUCCESS' || name === 'SUCCESS_STATE_REBOUND'
  return { status: good ? success : failure(name), subCode: codes[name] as never }
}

/** jnx.jet.routing.bgp.Bgp. */
export function bgpModern(service: BgpService, { clients }: Routing): JetImplementation<typeof Bgp> {
  /** As set when the client initialized; they go with what else it has. */
  const formats = new Map<string, ReplyFormat>()
  const formatOf = (caller: Caller) => formats.get(clients.calling(caller).id) ?? standard
  const put = async (operation: BgpOperation, { routes }: RouteUpdateRequest, caller: Caller) =>
    reply(await service.put(caller, operation, routes.map(classicEntry), 'modern'))
  return {
    initialize({ defaultAddressFormat, defaultTableFormat }, { caller }) {
      const result = service.initialize(caller)
      const client = clients.calling(caller)
      if (client.initialized.has('bgp')) {
        formats.set(client.id, {
          addressBytes: defaultAddressFormat === AddressFormat.ADDRESS_BYTES,
          tableId: defaultTableFormat === RouteTableFormat.TABLE_ID,
        })
        client.belongings.set('bgp formats', () => void formats.delete(client.id))
      }
      return { ...outcome(InitializeCode, result.outcome), numClientRoutes: result.routes }
    },
    async cleanup(_request, { caller }) {
      return outcome(CleanupCode, await service.cleanup(caller))
    },
    routeAdd: (request, { caller }) => put('add', request, caller),
    routeModify: (request, { caller }) => put('modify', request, caller),
    routeUpdate: (request, { caller }) => put('update', request, caller),
    async routeDelete({ routes, orLonger }, { caller }) {
      return reply(await service.remove(caller, routes.map(classicMatch), orLonger, 'modern'))
    },
    async *routeGet(request, { caller }) {
      const match = classicMatch(request.route)
      const { orLonger, activeOnly, routeCount: count } = request
      const answers = service.get(caller, { match, orLonger, activeOnly, count, format: formatOf(caller) }, 'modern')
      for await (const answer of answers)
        yield typeof answer === 'string'
          ? outcome(GetCode, answer as keyof typeof GetCode)
          : { status: success, routes: answer.map(modernEntry) }
    },
    async *routeSubscribe({ routeCount: count }, { caller, signal }) {
      for await (const answer of service.monitor(caller, { format: formatOf(caller), count }, signal)) {
        if (answer === 'REGISTERED') yield outcome(SubscribeCode, 'ALREADY_SUBSCRIBED')
        else if (typeof answer === 'string') yield outcome(SubscribeCode, answer)
        else yield { status: success, subscribeEntries: answer.map(notice) }
      }
    },
    routeUnsubscribe(_request, { caller }) {
      const result = service.unregister(caller)
      return outcome(UnsubscribeCode, result === 'NOT_REGISTERED' ? 'NOT_SUBSCRIBED' : result)
    },
    routeRefresh(_request, { caller }) {
      const result = service.refresh(caller)
      return outcome(RefreshCode, result === 'NOT_REGISTERED' ? 'NOT_SUBSCRIBED' : result)
    },
  }
}

function reply({ fault, completed }: BgpReply) {
  return { ...outcome(OperCode, (fault ?? 'SUCCESS') as keyof typeof OperCode), operationsCompleted: completed }
}

function notice(one: BgpNotice) {
  if (one.operation === 'end of ribs') return { operation: Operation.END_OF_RIBS }
  const operation = one.operation === 'update' ? Operation.ROUTE_UPDATE : Operation.ROUTE_DELETE
  return { operation, route: modernEntry(one.entry) }
}
