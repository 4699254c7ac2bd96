import type { JetImplementation } from '@hangar/daemon'
import type { Address } from '@hangar/inet'
import { StatusCode as Code } from '@hangar/protocol/jnx_base_types_pb'
import type { RoutingInterface } from '@hangar/protocol/routing_interface_service_pb'
import type { Clients } from '../clients/clients.ts'
import type { InterfaceFault, InterfaceSubscriptions } from '../interfaces/subscriptions.ts'
import { addressChoice, faultCode, initializeCode, interfaceEntry } from './interface-entry.ts'

/** routing.RoutingInterface. */
export function interfacesClassic(
  clients: Clients,
  subscriptions: InterfaceSubscriptions,
): JetImplementation<typeof RoutingInterface> {
  return {
    routingInterfaceInitialize(_request, { caller }) {
      const outcome = subscriptions.initialize(clients.calling(caller), caller.session)
      return { code: outcome === 'already' ? Code.FAILURE : Code.SUCCESS, subCode: initializeCode(outcome) }
    },
    routingInterfaceGet({ Key, addressFormat }, { caller }) {
      const found = subscriptions.get(clients.calling(caller), Key)
      if (typeof found === 'string') return failure(found)
      return { code: Code.SUCCESS, entry: interfaceEntry(found, networkAddress(addressFormat)) }
    },
    async *routingInterfaceNotificationRegister({ addressFormat }, { caller, signal }) {
      const stream = subscriptions.subscribe(clients.calling(caller), caller.session, signal)
      if (typeof stream === 'string') {
        yield failure(stream)
        return
      }
      try {
        yield { code: Code.SUCCESS }
        for await (const notifications of stream)
          yield {
            code: Code.SUCCESS,
            entries: notifications.map(one => interfaceEntry(one, networkAddress(addressFormat))),
          }
      } finally {
        stream.end()
      }
    },
    routingInterfaceNotificationUnregister: (_request, { caller }) =>
      outcome(subscriptions.unsubscribe(clients.calling(caller))),
    routingInterfaceNotificationRefresh: (_request, { caller }) =>
      outcome(subscriptions.refresh(clients.calling(caller))),
  }
}

function outcome<SubCode extends number>(fault: InterfaceFault | undefined) {
  return fault === undefined ? { code: Code.SUCCESS } : failure<SubCode>(fault)
}

function failure<SubCode extends number>(fault: InterfaceFault) {
  return { code: Code.FAILURE, subCode: faultCode<SubCode>(fault) }
}

function networkAddress(format: number) {
  return (address: Address) => ({
    Af: { case: address.family, value: { AddrFormat: addressChoice(address, format) } },
  })
}
