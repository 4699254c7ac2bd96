import { addressText } from '@hangar/example-loader/address-text'
import { program } from '@hangar/example-loader/program'
import { RequestEncoder } from '@hangar/example-loader/requests'
import { session } from './hangar-jobs.ts'
import { gateways, PREFIXES, theTable } from './prefixes.ts'
import { readTopics } from './topic-reader.ts'

/** Changes a second, in a request of 50 each 5 ms. */
const RATE = 10_000
const BATCH = 50
const SECONDS = 10
const CHANGES = BATCH * Math.floor(Math.min(PREFIXES, RATE * SECONDS) / BATCH)

interface ChangesArgument {
  clientId: string
  /** The broker's host:port. */
  mqtt: string
  round: number
}

export const eventJobs = {
  /**
   * Gives the routes of a table that is there other next hops, at a fixed rate, each route once a round; milliseconds from each request to the
   * message of each of its routes, of those that come until 10 s bring no more. `round` turns the next hops on, so that each one brings changes.
   */
  async changes({ clientId, mqtt, round }: ChangesArgument): Promise<{ times: number[]; lost: number }> {
    const client = session(clientId)
    const table = theTable()
    const turned = gateways.map((_, index) => gateways[(index + round) % gateways.length]!)
    const encoder = new RequestEncoder(table, { tableName: 'inet.0', gateways: turned })
    const requests = Array.from({ length: CHANGES / BATCH }, (_, index) =>
      encoder.update(index * BATCH, (index + 1) * BATCH),
    )
    const routes = new Map<string, number>()
    for (let route = 0; route < CHANGES; route++)
      routes.set(`${addressText(table, route)}/${table.lengths[route]}`, route)
    const sent = new Float64Array(CHANGES / BATCH)
    const times: number[] = []
    const { promise: all, resolve } = Promise.withResolvers<void>()
    const close = await readTopics(mqtt, '/junos/events/kernel/route/#', topic => {
      const route = routes.get(/\/change\/inet\/(.*)$/.exec(topic)?.[1] ?? '')
      if (route === undefined) return
      times.push(performance.now() - sent[Math.floor(route / BATCH)]!)
      if (times.length === CHANGES) resolve()
    })
    const begin = performance.now()
    const answers: Promise<void>[] = []
    for (const [index, request] of requests.entries()) {
      const due = begin + (index * BATCH * 1000) / RATE
      while (performance.now() < due) await new Promise(resolve => setTimeout(resolve, 1))
      sent[index] = performance.now()
      answers.push(program(client, 'RouteUpdate', [request], 1))
    }
    await Promise.all(answers)
    await Promise.race([all, untilQuiet(times)])
    close()
    return { times, lost: CHANGES - times.length }
  },
}

async function untilQuiet(times: readonly number[]): Promise<void> {
  for (let before = -1; before < times.length; ) {
    before = times.length
    await new Promise(resolve => setTimeout(resolve, 10_000))
  }
}
