import { logicalInterfaceName } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { boundedText } from '../values/value.ts'
import { container, flag, key, leaf, list, oneOf } from './dsl.ts'
import { commonFlags, traceOptions } from './trace-options.ts'

/** What rpd's API lets clients do, and how long it remembers them. */
export const programmableRpd = container('programmable-rpd', 'Programmable routing protocol daemon', () => [
  traceOptions({
    client: 'Client events',
    japi: 'JAPI related traces',
    'routing-interface': 'Routing interface traces',
    'te-path-compute': 'TE Path Computation traces',
    statistics: 'Statistics related traces',
    ...commonFlags,
  }),
  // A plain number to 1000 until 18.2; `timeout` is the name of the number, which scripts that were made from YANG may type.
  container(
    'purge-timeout',
    'Purge timeout for all programmable-rpd clients in seconds',
    () =>
      oneOf('purge-parm', [
        leaf('timeout', 'Timeout value, in seconds, for purging client programmed objects', integer(1, 604800), {
          keyword: false,
          named: true,
        }),
        flag('never', 'Client programmed objects are never purged'),
      ]),
    { oneLine: 'always' },
  ),
  list(
    'client',
    'Programmable-rpd client options',
    key('client-id', 'Client ID', boundedText('client-id', 1, 255)),
    () => [
      list(
        'interface-notification',
        'Interfaces for notification',
        key('interface-name', 'Interface', logicalInterfaceName),
        [],
      ),
    ],
  ),
  container(
    'rib-service',
    'RIB service API options',
    () => [
      container(
        'dynamic-next-hop-interface',
        'Update routes for next-hop interface changes',
        () =>
          oneOf('enable-disable', [
            flag('enable', 'Enable dynamic next-hop interface handling'),
            flag('disable', 'Disable dynamic next-hop interface handling'),
          ]),
        { presence: true },
      ),
    ],
    { presence: true },
  ),
  leaf('stats-sampling-interval', 'Sampling interval for programmable rpd statistics', integer(30, 3600), {
    default: '30',
  }),
  leaf('stats-aggregation-interval', 'Aggregation interval for programmable rpd statistics', integer(60, 3600), {
    default: '60',
  }),
])
