import { Client, credentials } from '@grpc/grpc-js'
import { GrpcLoad } from '../grpc-load.ts'
import { GobgpApi } from './gobgp-api.ts'
import { gateways, IN_FLIGHT, SINGLE, theTable } from './prefixes.ts'

const PATH = '/apipb.GobgpApi'
/** Routes a message of AddPathStream. Of 100, 300, 1000 and 2000, gobgpd 3.10 needs the least CPU a route with this. */
const BATCH = 2000
const family = { afi: 'AFI_IP', safi: 'SAFI_UNICAST' }

let api: GobgpApi
let streamed: Buffer[]
let single: Buffer[]

const same = (bytes: Buffer) => bytes

/** The same table for gobgpd. Each job but the first takes the port of one that was just started. */
export const gobgpJobs = {
  gobgpPrepare(): void {
    api = new GobgpApi()
    const table = theTable()
    streamed = api.streamRequests(table, gateways, BATCH)
    single = api.unaryRequests(table, gateways, SINGLE)
  },

  async gobgpStart(port: number): Promise<void> {
    const client = await connect(port)
    const global = { asn: 65_000, routerId: '10.0.0.254', listenPort: -1 }
    await unary(client, 'StartBgp', api.encode('StartBgpRequest', { global }))
    client.close()
  },

  /** Seconds until all of the table is answered. */
  async gobgpStream(port: number): Promise<number> {
    const client = await connect(port)
    const begin = performance.now()
    await new Promise<void>((resolve, reject) => {
      const call = client.makeClientStreamRequest(`${PATH}/AddPathStream`, same, same, error =>
        error ? reject(error) : resolve(),
      )
      const rest = streamed.values()
      const send = () => {
        for (const request of rest) if (!call.write(request)) return void call.once('drain', send)
        call.end()
      }
      send()
    })
    const seconds = (performance.now() - begin) / 1000
    client.close()
    return seconds
  },

  /** Seconds until `SINGLE` calls of one route are answered. */
  async gobgpUnary(port: number): Promise<number> {
    const load = await GrpcLoad.open(port, `${PATH}/AddPath`)
    const seconds = await load.each(`${PATH}/AddPath`, single, IN_FLIGHT)
    load.close()
    return seconds
  },

  /** How many prefixes are in its table. */
  async gobgpCount(port: number): Promise<number> {
    const client = await connect(port)
    const answer = await unary(client, 'GetTable', api.encode('GetTableRequest', { family }))
    client.close()
    return Number(api.decode('GetTableResponse', answer).numDestination ?? 0)
  },
}

function unary(client: Client, method: string, request: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    client.makeUnaryRequest(`${PATH}/${method}`, same, same, request, (error, answer) =>
      error ? reject(error) : resolve(answer!),
    ),
  )
}

async function connect(port: number): Promise<Client> {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), {
    'grpc.initial_reconnect_backoff_ms': 20,
    'grpc.max_reconnect_backoff_ms': 20,
  })
  await new Promise<void>((resolve, reject) =>
    client.waitForReady(Date.now() + 10_000, error => (error ? reject(error) : resolve())),
  )
  return client
}
