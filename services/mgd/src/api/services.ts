import type { DaemonHost } from '@hangar/daemon'
import type { Management } from './management.ts'

/** The JET services of mgd, of both generations, each loaded by its first call. */
export function serveManagementApis(host: DaemonHost, management: Management): void {
  host.serveJetLater('management.ManagementRpcApi', async () => ({
    service: (await import('@hangar/protocol/management_service_pb')).ManagementRpcApi,
    implementation: (await import('./management-classic.ts')).managementClassic(management),
  }))
  host.serveJetLater('jnx.jet.management.Management', async () => ({
    service: (await import('@hangar/protocol/jnx_management_service_pb')).Management,
    implementation: (await import('./management-modern.ts')).managementModern(management),
  }))
}
