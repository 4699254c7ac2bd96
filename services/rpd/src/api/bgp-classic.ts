import { create } from '@bufbuild/protobuf'
import type { Caller, JetImplementation } from '@hangar/daemon'
import {
  type BgpRoute,
  BgpRouteMatchSchema,
  type BgpRouteUpdateRequest,
  BgpRouteCleanupReply_BgpRouteCleanupStatus as CleanupStatus,
  BgpRouteGetReply_BgpRouteGetStatus as GetStatus,
  BgpRouteInitializeReply_BgpRouteInitializeStatus as InitializeStatus,
  BgpRouteMonitorEntry_BgpRouteMonitorOper as MonitorOperation,
  BgpRouteOperReply_BgpRouteOperStatus as OperStatus,
  BgpRouteMonitorRefreshReply_BgpRouteMonitorRefreshStatus as RefreshStatus,
  BgpRouteMonitorRegisterReply_BgpRouteMonitorRegisterStatus as RegisterStatus,
  BgpRouteMonitorUnregisterReply_BgpRouteMonitorUnregisterStatus as UnregisterStatus,
} from '@hangar/protocol/bgp_route_service_pb'
import { AddressFormat } from '@hangar/protocol/jnx_addr_pb'
import { RouteTableFormat } from '@hangar/protocol/prpd_common_pb'
import type { BgpNotice } from '../bgp/bgp-monitor.ts'
import type { BgpOperation } from '../bgp/bgp-routes.ts'
import type { BgpReply, BgpService } from '../bgp/bgp-service.ts'

/** routing.BgpRoute. */
export function bgpClassic(service: BgpService): JetImplementation<typeof BgpRoute> {
  const put = async (operation: BgpOperation, { bgpRoutes }: BgpRouteUpdateRequest, caller: Caller) =>
    reply(await service.put(caller, operation, bgpRoutes, 'classic'))
  return {
    bgpRouteInitialize(_request, { caller }) {
      const { outcome, routes } = service.initialize(caller)
      return { status: InitializeStatus[outcome], gwNRoutes: routes }
    },
    async bgpRouteCleanup(_request, { caller }) {
      return { status: CleanupStatus[await service.cleanup(caller)] }
    },
    bgpRouteAdd: (request, { caller }) => put('add', request, caller),
    bgpRouteModify: (request, { caller }) => put('modify', request, caller),
    bgpRouteUpdate: (request, { caller }) => put('update', request, caller),
    async bgpRouteRemove({ bgpRoutes, orLonger }, { caller }) {
      return reply(await service.remove(caller, bgpRoutes, orLonger, 'classic'))
    },
    async *bgpRouteGet(request, { caller }) {
      const answers = service.get(
        caller,
        {
          match: request.bgpRoute ?? create(BgpRouteMatchSchema),
          orLonger: request.orLonger,
          activeOnly: request.activeOnly,
          count: request.routeCount,
          format: {
            addressBytes: request.replyAddressFormat === AddressFormat.ADDRESS_BYTES,
            tableId: request.replyTableFormat === RouteTableFormat.TABLE_ID,
          },
        },
        'classic',
      )
      for await (const answer of answers)
        yield typeof answer === 'string'
          ? { status: GetStatus[answer as keyof typeof GetStatus] }
          : { status: GetStatus.SUCCESS, bgpRoutes: answer }
    },
    async *bgpRouteMonitorRegister({ replyAddressFormat, replyTableFormat, routeCount: count }, { caller, signal }) {
      if (!(replyAddressFormat in AddressFormat)) return yield { status: RegisterStatus.ADDRESS_FORMAT_INVALID }
      if (!(replyTableFormat in RouteTableFormat)) return yield { status: RegisterStatus.TABLE_FORMAT_INVALID }
      const format = {
        addressBytes: replyAddressFormat === AddressFormat.ADDRESS_BYTES,
        tableId: replyTableFormat === RouteTableFormat.TABLE_ID,
      }
      for await (const answer of service.monitor(caller, { format, count }, signal)) {
        if (answer === 'REGISTERED') yield { status: RegisterStatus.ALREADY_REGISTERED }
        else if (typeof answer === 'string') yield { status: RegisterStatus[answer] }
        else yield { status: RegisterStatus.SUCCESS, monitorEntries: answer.map(notice) }
      }
    },
    bgpRouteMonitorUnregister: (_request, { caller }) => ({ status: UnregisterStatus[service.unregister(caller)] }),
    bgpRouteMonitorRefresh: (_request, { caller }) => ({ status: RefreshStatus[service.refresh(caller)] }),
  }
}

function reply({ fault, completed }: BgpReply) {
  return { status: OperStatus[(fault ?? 'SUCCESS') as keyof typeof OperStatus], operationsCompleted: completed }
}

function notice(one: BgpNotice) {
  if (one.operation === 'end of ribs') return { operation: MonitorOperation.END_OF_RIBS }
  const operation = one.operation === 'update' ? MonitorOperation.ROUTE_UPDATE : MonitorOperation.ROUTE_REMOVE
  return { operation, bgpRoute: one.entry }
}
