import type { JetImplementation } from '@hangar/daemon'
import type { Address } from '@hangar/inet'
import type { Interfaces } from '@hangar/protocol/jnx_routing_interface_service_pb'
import type { Clients } from '../clients/clients.ts'
import type { InterfaceFault, InterfaceSubscriptions } from '../interfaces/subscriptions.ts'
import { addressChoice, faultCode, initializeCode, interfaceEntry } from './interface-entry.ts'
import { failure as failed, success } from './rpc-status.ts'

const texts: Readonly<Record<InterfaceFault, string>> = {
  'not initialized': 'InterfaceInitialize comes first',
  'no key': 'neither a name nor an index',
  'not found': 'no such interface',
  'already subscribed': 'one subscription for each client',
  'not subscribed': 'there is no subscription',
}

/** jnx.jet.routing.interfaces.Interfaces. */
export function interfacesModern(
  clients: Clients,
  subscriptions: InterfaceSubscriptions,
): JetImplementation<typeof Interfaces> {
  return {
    interfaceInitialize(_request, { caller }) {
      const outcome = subscriptions.initialize(clients.calling(caller), caller.session)
      const status = outcome === 'already' ? failed('initialized already') : success
      return { status, subCode: initializeCode(outcome) }
    },
    interfaceGet({ key, addressFormat }, { caller }) {
      const found = subscriptions.get(clients.calling(caller), key)
      if (typeof found === 'string') return failure(found)
      return { status: success, entry: interfaceEntry(found, networkAddress(addressFormat)) }
    },
    async *interfaceSubscribe({ addressFormat }, { caller, signal }) {
      const stream = subscriptions.subscribe(clients.calling(caller), caller.session, signal)
      if (typeof stream === 'string') {
        yield failure(stream)
        return
      }
      try {
        yield { status: success }
        for await (const notifications of stream)
          yield {
            status: success,
            entries: notifications.map(one => interfaceEntry(one, networkAddress(addressFormat))),
          }
      } finally {
        stream.end()
      }
    },
    interfaceUnsubscribe: (_request, { caller }) => outcome(subscriptions.unsubscribe(clients.calling(caller))),
    interfaceRefresh: (_request, { caller }) => outcome(subscriptions.refresh(clients.calling(caller))),
  }
}

function outcome<SubCode extends number>(fault: InterfaceFault | undefined) {
  return fault === undefined ? { status: success } : failure<SubCode>(fault)
}

function failure<SubCode extends number>(fault: InterfaceFault) {
  return { status: failed(texts[fault]), subCode: faultCode<SubCode>(fault) }
}

function networkAddress(format: number) {
  return (address: Address) => ({
    af: { case: address.family, value: { addrFormat: addressChoice(address, format) } },
  })
}
