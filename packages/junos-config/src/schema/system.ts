import { choice } from '../values/choice.ts'
import { hostName } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { boundedText, patternText } from '../values/value.ts'
import { container, flag, leaf, leafList } from './dsl.ts'
import type { SchemaNode } from './node.ts'
import { unsigned } from './route-attributes.ts'
import { scripts } from './scripts.ts'
import { authenticationOrder, authenticationServers } from './system-authentication.ts'
import { commit, configurationDatabase } from './system-commit.ts'
import { extensions } from './system-extensions.ts'
import { configurationFiles } from './system-files.ts'
import { login, rootAuthentication } from './system-login.ts'
import { arp, backupRouters, internetOptions, nameServer, ntp, packetOptions, staticHosts } from './system-network.ts'
import { processes } from './system-processes.ts'
import { services } from './system-services.ts'
import { syslog } from './system-syslog.ts'

const timeZone = patternText('time-zone', /^[A-Za-z0-9_+\-/]{1,64}$/, value => `invalid time zone: '${value}'`)

const exportFormat = container('export-format', 'How configuration is written', [
  container('json', 'As JSON', [flag('verbose', 'All as arrays'), flag('ietf', 'As RFC 7951 has it')]),
  container('state-data', 'How output of commands is written', [
    container('json', 'As JSON', [flag('compact', 'Single things are no arrays')]),
  ]),
])

function terminalPort(name: string, help: string): SchemaNode {
  return container(name, help, [
    flag('log-out-on-disconnect', 'Log out the console session when cable is unplugged'),
    flag('disable', 'Disable console'),
    flag('insecure', 'Disallow superuser access'),
    leaf(
      'type',
      'Kind of terminal',
      choice({ ansi: 'ANSI', 'small-xterm': 'xterm, 24 lines', vt100: 'VT100', xterm: 'xterm, 80 lines' }),
    ),
  ])
}

const place = boundedText('text', 1, 255)

const location = container('location', 'Where the device is', [
  leaf(
    'country-code',
    'Country, by two letters',
    patternText('country-code', /^[A-Za-z]{2}$/, value => `invalid country code: '${value}'`),
  ),
  leaf('postal-code', 'Postal code', place),
  leaf('npa-nxx', 'Area code and exchange', place),
  leaf('latitude', 'Latitude', place),
  leaf('longitude', 'Longitude', place),
  leaf('altitude', 'Altitude in feet', place),
  leaf('lata', 'Long-distance service area', place),
  leaf('vcoord', 'Vertical coordinate', place),
  leaf('hcoord', 'Horizontal coordinate', place),
  leaf('building', 'Building', place),
  leaf('floor', 'Floor', integer(0, 4294967295)),
  leaf('rack', 'Rack', unsigned),
])

/** The device itself: names, users, services, logs. */
export const system = container('system', 'System parameters', () => [
  leaf('host-name', 'Hostname for this router', hostName),
  rootAuthentication,
  commit,
  configurationDatabase,
  scripts,
  login,
  exportFormat,
  leaf('max-cli-sessions', 'Sessions of the CLI at once', unsigned),
  services,
  flag('auto-snapshot', 'Repair the other slice when booted from it'),
  leaf('domain-name', 'Domain name for this router', hostName),
  leafList('domain-search', 'Domains to search', hostName),
  flag('no-hidden-commands', 'No hidden commands but for root'),
  ...backupRouters,
  leaf('time-zone', 'Time zone name or POSIX-compliant time zone string', timeZone, { default: 'UTC' }),
  flag('use-imported-time-zones', 'Take time zones that were loaded'),
  flag('regex-additive-logic', 'Deny what no expression of a class allows'),
  flag('switchover-on-routing-crash', 'Let the other Routing Engine take over when routing fails'),
  ...packetOptions,
  arp,
  leaf('saved-core-files', 'Core files kept of a program', integer(1, 10), { default: '5' }),
  flag('saved-core-context', 'Keep logs beside core files'),
  flag('no-saved-core-context', "Don't keep logs beside core files"),
  flag('management-instance', 'Give the management interface an instance of its own'),
  internetOptions,
  authenticationOrder,
  location,
  container('ports', 'Craft interface RS-232 ports', [
    terminalPort('console', 'Console port'),
    terminalPort('auxiliary', 'Auxiliary port'),
  ]),
  nameServer,
  container('name-resolution', 'Names of hosts', [
    container('no-resolve-host-on-input', "Don't resolve names when they are typed", [], { presence: true }),
  ]),
  ...authenticationServers(),
  staticHosts,
  syslog,
  ...configurationFiles,
  extensions,
  processes,
  ntp,
])
