import { parseArgs } from 'node:util'
import { systemClock } from '@hangar/runtime'
import { gatewaysFrom } from './src/gateways.ts'
import { JetClient } from './src/jet-client.ts'
import { countRoutes, program } from './src/program.ts'
import { RequestEncoder, ROUTES_A_REQUEST } from './src/requests.ts'
import { generateTable } from './src/table.ts'

const usage = `usage: node load.ts [options]
  --target host:port    where the device listens for JET        (127.0.0.1:32767)
  --user, --password    who logs in                             (jet, jet123)
  --client-id name      what the routes belong to               (loader)
  --ipv4, --ipv6 count  how many routes inet.0 and inet6.0 get  (1000000, 200000)
  --seed number         decides the table                       (1)
  --next-hops count     distinct gateways, up to 256            (32)
  --gateway4 address    the first of them                       (10.0.0.1)
  --gateway6 address    the first of them                       (2001:db8::1)
  --interface name      the logical interface that leads there; without it the gateways are resolved
  --in-flight count     requests under way                      (8)
  --stay                keep the session, and with it the routes, until ^C`

const text = (value: string) => ({ type: 'string' as const, default: value })
const { values: given } = parseArgs({
  options: {
    target: text('127.0.0.1:32767'),
    user: text('jet'),
    password: text('jet123'),
    'client-id': text('loader'),
    ipv4: text('1000000'),
    ipv6: text('200000'),
    seed: text('1'),
    'next-hops': text('32'),
    gateway4: text('10.0.0.1'),
    gateway6: text('2001:db8::1'),
    interface: { type: 'string' },
    'in-flight': text('8'),
    stay: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

async function main(): Promise<void> {
  if (given.help) return console.log(usage)
  const { target, user, password } = given
  const client = await JetClient.login({ target, user, password, clientId: given['client-id'] })
  try {
    await load(client, 'inet', 'inet.0', Number(given.ipv4), given.gateway4)
    await load(client, 'inet6', 'inet6.0', Number(given.ipv6), given.gateway6)
    if (given.stay) await new Promise(resolve => process.once('SIGINT', resolve))
  } finally {
    client.close()
  }
}

async function load(
  client: JetClient,
  family: 'inet' | 'inet6',
  tableName: string,
  count: number,
  firstGateway: string,
): Promise<void> {
  if (count === 0) return
  const nextHops = Number(given['next-hops'])
  const table = generateTable({ family, count, seed: Number(given.seed), nextHops })
  const encoder = new RequestEncoder(table, {
    tableName,
    gateways: gatewaysFrom(firstGateway, nextHops),
    ...(given.interface !== undefined && { interfaceName: given.interface }),
  })
  const requests: Buffer[] = []
  for (let from = 0; from < count; from += ROUTES_A_REQUEST)
    requests.push(encoder.update(from, Math.min(from + ROUTES_A_REQUEST, count)))

  const before = await countRoutes(client, tableName)
  const begin = systemClock.monotonic()
  await program(client, 'RouteAdd', requests, Number(given['in-flight']))
  const seconds = (systemClock.monotonic() - begin) / 1000
  console.log(`${tableName}: ${count} routes in ${seconds.toFixed(2)} s, ${Math.round(count / seconds)} a second`)
  const more = (await countRoutes(client, tableName)) - before
  if (more !== count) throw new Error(`${tableName}: ${count} routes were added, and ${more} more are there`)
  console.log(`${tableName}: ${more} more routes read back`)
}

try {
  await main()
} catch (error) {
  console.error(`load: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}
