import { identifier } from '../values/name.ts'
import { integer } from '../values/number.ts'
import { icmpCode, icmpType, ipProtocol, portRange } from '../values/packet.ts'
import { boundedText } from '../values/value.ts'
import { container, key, leaf, list } from './dsl.ts'

const match = () =>
  [
    leaf('protocol', 'IP protocol', ipProtocol),
    leaf('source-port', 'Source port', portRange),
    leaf('destination-port', 'Destination port', portRange),
    leaf('icmp-type', 'ICMP type', icmpType),
    leaf('icmp-code', 'ICMP code', icmpCode),
    leaf('inactivity-timeout', 'Seconds until a silent session ends', integer(4, 86400)),
  ] as const

/** Applications by what their packets look like. */
export const applications = container('applications', 'Define applications by protocol characteristics', () => [
  list('application', 'Application', key('application-name', 'Name of the application', identifier), () => [
    leaf('description', 'What it is', boundedText('description', 1, 900)),
    ...match(),
    list('term', 'Packets', key('term-name', 'Name of the term', identifier), match, { oneLine: 'always' }),
  ]),
  list('application-set', 'Applications by a name', key('set-name', 'Name of the set', identifier), () => [
    list('application', 'Application', key('application-name', 'Name of the application', identifier), []),
    list('application-set', 'Another set', key('set-name', 'Name of the set', identifier), []),
  ]),
])
