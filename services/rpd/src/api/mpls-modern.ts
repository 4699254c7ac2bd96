import type { JetImplementation } from '@hangar/daemon'
import {
  type MplsLspBandwidthUpdate,
  LspUpdateTriggerStatus as Trigger,
} from '@hangar/protocol/jnx_routing_mpls_autobw_service_pb'
import type { LspBandwidths } from '../mpls/lsp-bandwidths.ts'
import type { Routing } from '../routing.ts'

/** Entries of one request: as in all requests of the routing APIs. */
const MOST = 1000

/** jnx.jet.routing.mplsautobw.MplsLspBandwidthUpdate. All of the named LSPs are resized, or none. */
export function mplsModern(
  routing: Routing,
  bandwidths: LspBandwidths,
): JetImplementation<typeof MplsLspBandwidthUpdate> {
  return {
    lspBandwidthUpdate({ updatelsps }) {
      const { lsps } = routing.settings
      const good = updatelsps.every(
        ({ lspName, bandwidth }) =>
          lsps.get(lspName)?.disabled === false && Number.isFinite(bandwidth) && bandwidth >= 0,
      )
      if (!good || updatelsps.length === 0 || updatelsps.length > MOST)
        return { status: Trigger.LSP_UPDATE_TRIGGER_ERROR }
      for (const { lspName, bandwidth } of updatelsps) bandwidths.set(lspName, bandwidth)
      return { status: Trigger.LSP_UPDATE_TRIGGER_SUCCESS }
    },
  }
}
