import type { ConfigView } from '@hangar/junos-config'
import type { PurgeTime } from '../clients/clients.ts'
import { type RoutingInstance, readInstances } from './instances.ts'
import { type LabelSwitchedPath, readLabelSwitchedPaths } from './label-switched-paths.ts'

/** What others take from the configuration: commands, the routing APIs. Never changes: a commit makes another. */
export interface Settings {
  /** As configured for the main instance; see `routerId` for what the device uses. */
  readonly routerId: string | undefined
  readonly autonomousSystem: number | undefined
  /** BGP routes can be programmed: there is an AS to be in. */
  readonly bgpConfigured: boolean
  /** By name, without the main one. */
  readonly instances: ReadonlyMap<string, RoutingInstance>
  /** Of the main instance, by name. */
  readonly lsps: ReadonlyMap<string, LabelSwitchedPath>
  /** Policies that BGP's received routes go through, in order. */
  readonly bgpImport: readonly string[]
  readonly purgeTime: PurgeTime
  /** Routes with a next hop by interface follow that interface's state. */
  readonly dynamicNextHopInterface: boolean
}

/** Of a device whose configuration does not say otherwise. */
export const defaultSettings: Settings = {
  routerId: undefined,
  autonomousSystem: undefined,
  bgpConfigured: false,
  instances: new Map(),
  lsps: new Map(),
  bgpImport: [],
  purgeTime: 120,
  dynamicNextHopInterface: true,
}

export function readSettings(root: ConfigView): Settings {
  const options = root.at('routing-options')
  const programmable = options.at('programmable-rpd')
  const autonomousSystem = readAutonomousSystem(options)
  return {
    routerId: options.leaf('router-id'),
    autonomousSystem,
    bgpConfigured: autonomousSystem !== undefined,
    instances: readInstances(root),
    lsps: readLabelSwitchedPaths(root),
    bgpImport: root.at('protocols', 'bgp').values('import'),
    purgeTime: readPurgeTime(programmable.at('purge-timeout')),
    dynamicNextHopInterface: !programmable.at('rib-service', 'dynamic-next-hop-interface').has('disable'),
  }
}

function readPurgeTime(view: ConfigView): PurgeTime {
  return view.has('never') ? 'never' : (view.number('timeout') ?? defaultSettings.purgeTime)
}

/** "65000", or two halves "1.10" (RFC 5396). `options` are the routing options of an instance. */
export function readAutonomousSystem(options: ConfigView): number | undefined {
  const text = options.at('autonomous-system').leaf('as-number')
  if (text === undefined) return undefined
  const [high, low] = text.split('.').map(Number) as [number, number?]
  return low === undefined ? high : high * 65536 + low
}
