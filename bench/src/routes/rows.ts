import type { BenchRow } from '../row.ts'
import { withPeer } from '../row.ts'
import { type Way, ways } from './device.ts'
import type { Figures } from './figures.ts'
import { PREFIXES, SINGLE } from './prefixes.ts'

type Aim = Readonly<Partial<Record<Way, string>>>

interface Line {
  /** Of the figure, behind the way. */
  name: string
  what: string
  unit: string
  peers?: readonly (readonly [name: string, figure: string, aim?: Aim])[]
  aim?: Aim
}

const all = count(PREFIXES)
const both = (aim: string) => ({ memory: aim, NATS: aim })

const lines: readonly Line[] = [
  {
    name: 'add',
    what: `RouteAdd, 1,000 a request, ${all} routes`,
    unit: 'routes/s',
    peers: [
      ['gobgpd AddPathStream', 'gobgpd stream', { memory: 'ratio 8', NATS: 'ratio 6' }],
      ['BIRD from a file', 'bird load', { memory: 'ratio 1' }],
    ],
  },
  {
    name: 'add cpu',
    what: `RouteAdd, ${all} routes: CPU of all its processes a route`,
    unit: 'µs',
    peers: [
      ['gobgpd', 'gobgpd stream cpu'],
      ['BIRD', 'bird load cpu'],
    ],
  },
  {
    name: 'unary',
    what: `RouteAdd of one route, 64 in flight, ${count(SINGLE)} routes`,
    unit: 'calls/s',
    peers: [['gobgpd AddPath', 'gobgpd unary', { memory: 'ratio 1', NATS: 'ratio 0.7' }]],
  },
  {
    name: 'unary cpu',
    what: 'RouteAdd of one route: CPU of all its processes a call',
    unit: 'µs',
    peers: [['gobgpd', 'gobgpd unary cpu']],
  },
  { name: 'read', what: `RouteGet, ${all} routes, 1,000 a message`, unit: 'routes/s', aim: both('1,000,000') },
  {
    name: 'memory',
    what: `memory a route, ${all} routes (growth of RSS)`,
    unit: 'bytes',
    peers: [
      ['gobgpd', 'gobgpd memory'],
      ['BIRD', 'bird memory'],
    ],
    aim: both('150, at most 300'),
  },
  { name: 'withdraw', what: `RouteRemove, 1,000 a request, ${all} routes`, unit: 'routes/s' },
  { name: 'idle p99', what: `another client's calls while nothing goes on, p99`, unit: 'ms' },
  { name: 'withdraw p99', what: `another client's calls while ${all} are withdrawn, p99`, unit: 'ms', aim: both('20') },
  { name: 'purge p99', what: `another client's calls while ${all} are purged, p99`, unit: 'ms', aim: both('20') },
  { name: 'change p50', what: 'route change to MQTT message, 10,000 changes/s, p50', unit: 'ms' },
  { name: 'change p99', what: 'route change to MQTT message, 10,000 changes/s, p99', unit: 'ms', aim: both('10') },
  { name: 'change lost', what: 'route changes without a message, in 10 s', unit: '', aim: both('0') },
]

/** The table of what was measured; a line for each peer that a figure stands beside. */
export function rowsOf(figures: Figures): BenchRow[] {
  const client = [
    { what: 'routes: the client writes the requests', value: figures.median('encode')!, unit: 'routes/s' },
    {
      what: 'routes: the same bytes to an empty grpc-js server',
      value: figures.median('empty server')!,
      unit: 'routes/s',
    },
  ]
  return [...client, ...lines.flatMap(line => ways.flatMap(way => rowsOfLine(line, way, figures)))]
}

function rowsOfLine({ name, what, unit, peers = [], aim }: Line, way: Way, figures: Figures): BenchRow[] {
  const value = figures.median(`${way} ${name}`)
  if (value === undefined) return []
  const row = (goal?: Aim) => ({ what: `routes, ${way}: ${what}`, value, unit, ...(goal?.[way] && { aim: goal[way] }) })
  const beside = peers.flatMap(([peer, figure, goal = aim]) => {
    const other = figures.median(figure)
    return other === undefined ? [] : [withPeer(row(goal), peer, other)]
  })
  return beside.length > 0 ? beside : [row(aim)]
}

function count(value: number): string {
  return value.toLocaleString('en')
}
