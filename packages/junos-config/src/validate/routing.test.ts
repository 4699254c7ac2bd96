import { expect, test } from 'vitest'
import { loadSet, problemLines, refusalLine, validate } from '../index.ts'
import { config } from '../testing/build.ts'

const lines = (...commands: string[]) => validate(config(...commands)).flatMap(problemLines)

const policy = 'policy-options policy-statement p'
const route = 'routing-options static route 10.0.0.0/8'
const vrf = 'routing-instances red'
const peer = 'protocols bgp group g neighbor 192.0.2.1'

test.each([
  [
    ['routing-options forwarding-table export p', 'routing-options instance-import [ p q ]'],
    [
      'error: Policy error: Policy p referenced but not defined',
      'error: Policy error: Policy q referenced but not defined',
    ],
  ],
  [
    ['routing-options autonomous-system 1', `${peer} peer-as 2`, `${peer} export p`],
    ['error: Policy error: Policy p referenced but not defined', 'error: BGP: export list not applied'],
  ],
  [
    [`${peer} peer-as 2`],
    ['error: Error in neighbor 192.0.2.1 of group g:', 'must define local autonomous system when enabling BGP'],
  ],
  [
    [peer, 'routing-options autonomous-system 1'],
    ['error: Error in neighbor 192.0.2.1 of group g:', 'peer AS number must be configured for an external peer'],
  ],
  [
    [`${policy} from community c`],
    [
      '[edit policy-options policy-statement p from]',
      "  'community c'",
      '    Policy error: community c referenced but not defined',
    ],
  ],
  [
    [`${policy} term t from prefix-list-filter l orlonger`],
    [
      '[edit policy-options policy-statement p term t from]',
      "  'prefix-list-filter l orlonger'",
      '    Policy error: prefix-list l referenced but not defined',
    ],
  ],
  [
    [`${policy} then community add c`],
    [
      '[edit policy-options policy-statement p then]',
      "  'community add c'",
      '    Policy error: community c referenced but not defined',
    ],
  ],
  [
    [`${policy} from instance red`],
    [
      '[edit policy-options policy-statement p from]',
      "  'instance red'",
      '    Policy error: instance red referenced but not defined',
    ],
  ],
  [
    [`${policy} from route-filter 10.0.0.0/8 upto /7`],
    [
      '[edit policy-options policy-statement p from]',
      "  'route-filter 10.0.0.0/8 upto /7'",
      '    prefix length 7 is shorter than that of the prefix',
    ],
  ],
  [
    [`${policy} term t from route-filter 10.0.0.0/8 prefix-length-range /9-/33`],
    [
      '[edit policy-options policy-statement p term t from]',
      "  'route-filter 10.0.0.0/8 prefix-length-range /9-/33'",
      '    prefix length 33 is larger than 32',
    ],
  ],
  [
    ['policy-options route-filter-list l 10.0.0.0/8 through 11.0.0.0/8'],
    [
      '[edit policy-options route-filter-list l]',
      "  '10.0.0.0/8 through 11.0.0.0/8'",
      '    11.0.0.0/8 is not within the prefix',
    ],
  ],
  [
    [`${route} qualified-next-hop 2001:db8::1`],
    [
      '[edit routing-options static]',
      "  'route 10.0.0.0/8'",
      '    next hop 2001:db8::1 is of another address family than the destination',
    ],
  ],
  [
    [`${route} discard`, `${route} retain`, `${route} resolve`],
    ['[edit routing-options static]', "  'route 10.0.0.0/8'", '    Must not specify resolve with retain'],
  ],
  [
    [`${route} next-table red.inet.0`],
    [
      '[edit routing-options static]',
      "  'route 10.0.0.0/8'",
      "    next-table red.inet.0: instance 'red' is not defined",
    ],
  ],
  [
    [`${vrf} routing-options rib red.inet6.0 static route ::/0 preference 5`],
    [
      '[edit routing-instances red routing-options rib red.inet6.0 static]',
      "  'route ::/0'",
      '    static route must have a next hop, or be discard, reject, receive or next-table',
    ],
  ],
  [
    [`${vrf} routing-options rib inet6.0 static route ::/0 discard`],
    ['[edit routing-instances red routing-options]', "  'rib inet6.0'", "    not a table of routing instance 'red'"],
  ],
  [
    [`${vrf} interface xe-0/0/0`, 'routing-instances blue interface xe-0/0/0.0'],
    [
      '[edit routing-instances red]',
      "  'interface xe-0/0/0'",
      '    RT Instance: Interface xe-0/0/0.0 already configured under instance blue',
    ],
  ],
  [
    [`${vrf} instance-type vrf`, `${vrf} vrf-target target:1:1`],
    [
      '[edit routing-instances red]',
      "  'instance-type vrf'",
      '    route-distinguisher must be configured for an instance of type vrf',
    ],
  ],
  [
    [`${vrf} instance-type vrf`, `${vrf} route-distinguisher 1:1`],
    [
      '[edit routing-instances red]',
      "  'instance-type vrf'",
      '    vrf-target, or vrf-import and vrf-export, must be configured for an instance of type vrf',
    ],
  ],
  [
    ['protocols mpls label-switched-path l from 192.0.2.1'],
    ['[edit protocols mpls]', "  'label-switched-path l'", "    Missing mandatory statement: 'to'"],
  ],
  [
    ['protocols mpls label-switched-path l to 192.0.2.1', 'protocols mpls label-switched-path l primary north'],
    ['[edit protocols mpls label-switched-path l]', "  'primary north'", "    Referenced path 'north' must be defined"],
  ],
  [
    ['routing-options static rib-group shared'],
    ['[edit routing-options static]', "  'rib-group shared'", "    rib-group 'shared' is not defined"],
  ],
])('%j', (commands, expected) => {
  expect(lines(...commands)).toEqual(expected)
})

test.each([
  [[`${vrf} instance-type vrf`, `${vrf} vrf-target target:1:1`, 'routing-options route-distinguisher-id 192.0.2.1']],
  [[`${peer} local-as 5`, 'protocols bgp group g type internal']],
  [
    [
      'routing-instances red routing-options autonomous-system 5',
      'routing-instances red protocols bgp group g type internal',
      'routing-instances red protocols bgp group g neighbor 192.0.2.1',
    ],
  ],
  [[`${route} next-table red.inet.0`, 'routing-instances red instance-type virtual-router']],
  [[`${route} next-table inet.3`]],
  [[`${policy} from instance master`]],
  [[`${policy} from route-filter ::/0 prefix-length-range /48-/64`]],
  [[`${policy} from route-filter 10.0.0.0/8 through 10.1.0.0/16`]],
  [['protocols mpls label-switched-path l template']],
  [['groups g policy-options community c members 1:1', 'apply-groups g', `${policy} from community c`]],
])('%j may be committed', commands => {
  expect(lines(...commands)).toEqual([])
})

test('a route whose table goes is refused although nothing of it changed', () => {
  const before = config(`${route} next-table red.inet.0`, `${vrf} instance-type virtual-router`)
  expect(validate(before)).toEqual([])
  const after = loadSet(before, `delete ${vrf}`).root
  expect(validate(after)).toHaveLength(1)
  expect(refusalLine(validate(after))).toBe('error: configuration check-out failed')
})

test('host bits of a route are refused when it is typed', () => {
  const { errors } = loadSet(config(), 'set routing-options static route 10.0.0.1/8 discard')
  expect(errors[0]?.message).toBe('host portion is not zero (10.0.0.0/8)')
})

test.each(['0', '4294967296', '1.65536', '0.0', 'x'])('%s is no AS number', number => {
  const { errors } = loadSet(config(), `set routing-options autonomous-system ${number}`)
  expect(errors[0]?.message).toMatch(/^Use format 'x' or 'x.y' to specify number 'x'/)
})

test('both spellings of the purge timeout mean the same', () => {
  const level = 'routing-options programmable-rpd purge-timeout'
  expect(config(`${level} 300`)).toEqual(config(`${level} timeout 300`))
  expect(loadSet(config(), `set ${level} never`).errors).toEqual([])
  expect(loadSet(config(), `set ${level} 604801`).errors).toHaveLength(1)
})
