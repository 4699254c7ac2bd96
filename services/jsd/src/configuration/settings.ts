import type { ConfigView } from '@hangar/junos-config'

/** The listener as it is configured. */
export interface ListenerSettings {
  readonly type: 'clear-text' | 'ssl'
  /** The device's address that it listens on, "::" for all. Shown, not bound: what this host binds is its own affair. */
  readonly address: string
  readonly port: number
  /** PEM texts, certificate and key, in the order of `local-certificate`. Empty for clear text. */
  readonly certificates: readonly string[]
  /** Sessions outlive a change of certificates. */
  readonly hotReloading: boolean
  readonly mutualAuthentication: boolean
}

/** What jsd takes from the configuration. */
export interface Settings {
  readonly listener: ListenerSettings | undefined
  readonly maxConnections: number
  readonly skipAuthentication: boolean
  /** Seconds between pings on an idle connection; 0: none. */
  readonly keepAlive: number
}

export const grpcPath = ['system', 'services', 'extension-service', 'request-response', 'grpc'] as const
export const certificatesPath = ['security', 'certificates', 'local'] as const

/** A device on which nothing is configured: the schema's defaults. */
export const defaultSettings: Settings = {
  listener: undefined,
  maxConnections: 5,
  skipAuthentication: false,
  keepAlive: 300,
}

export function readSettings(tree: ConfigView): Settings {
  const grpc = tree.at(...grpcPath)
  return {
    listener: readListener(tree, 'ssl') ?? readListener(tree, 'clear-text'),
    maxConnections: grpc.number('max-connections') ?? defaultSettings.maxConnections,
    skipAuthentication: grpc.has('skip-authentication'),
    keepAlive: grpc.number('grpc-keep-alive') ?? defaultSettings.keepAlive,
  }
}

function readListener(tree: ConfigView, type: ListenerSettings['type']): ListenerSettings | undefined {
  const place = tree.at(...grpcPath, type)
  if (!place.exists) return undefined
  const ssl = type === 'ssl'
  return {
    type,
    address: place.leaf('address') ?? '::',
    port: place.number('port') ?? 32767,
    certificates: ssl ? place.values('local-certificate').map(name => localCertificate(tree, name) ?? '') : [],
    hotReloading: ssl && place.has('hot-reloading'),
    mutualAuthentication: ssl && place.has('mutual-authentication'),
  }
}

/** The PEM text of a certificate by its name; undefined when there is none. */
export function localCertificate(tree: ConfigView, name: string): string | undefined {
  return tree.at(...certificatesPath, name).leaf('certificate')
}
