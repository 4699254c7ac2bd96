import { findNatsServer } from '@hangar/bus/testing'
import type { BenchRow } from '../row.ts'
import { Bird } from './bird.ts'
import { measureChanges } from './changes.ts'
import { ways } from './device.ts'
import { Figures } from './figures.ts'
import { gobgpRound } from './gobgp.ts'
import { gobgpApiIsThere } from './gobgp-api.ts'
import { hangarRound } from './hangar.ts'
import { LoadProcess } from './load-process.ts'
import { PREFIXES, ROUNDS } from './prefixes.ts'
import { isInstalled } from './processes.ts'
import { rowsOf } from './rows.ts'

/** What a router does with a table as large as the Internet's, beside gobgpd and BIRD. Each round has fresh daemons; ours and the peers' alternate. */
export async function benchRoutes(): Promise<BenchRow[]> {
  const loads = { load: new LoadProcess(), probe: new LoadProcess() }
  const bird = there('BIRD', isInstalled('bird'), 'bird2') ? new Bird() : undefined
  const figures = new Figures()
  const possible = ways.filter(way => way === 'memory' || there(way, findNatsServer() !== undefined, 'nats-server'))
  const gobgp = there(
    'gobgpd',
    isInstalled('gobgpd') && isInstalled('protoc') && gobgpApiIsThere(),
    'gobgpd, its API (golang-github-osrg-gobgp-dev) or protoc',
  )
  try {
    figures.add('encode', PREFIXES / (await loads.load.run('hangarPrepare')))
    if (gobgp) await loads.load.run('gobgpPrepare')
    for (let round = 0; round < ROUNDS; round++) {
      figures.add('empty server', await emptyServer(loads.load))
      await bird?.round(figures)
      for (const way of possible) await hangarRound(way, loads, figures)
      if (gobgp) await gobgpRound(loads.load, figures)
    }
    for (const way of possible) await measureChanges(way, loads.load, figures)
    return rowsOf(figures)
  } finally {
    loads.load.stop()
    loads.probe.stop()
    bird?.remove()
  }
}

function there(what: string, is: boolean, needs: string): boolean {
  if (!is) console.error(`bench: routes are measured without ${what}, for want of ${needs}`)
  return is
}

/** Routes a second that the client brings to a server which does nothing with them. */
async function emptyServer(load: LoadProcess): Promise<number> {
  const server = new LoadProcess()
  try {
    const clientId = 'empty'
    await load.run('login', { target: `127.0.0.1:${await server.run('emptyServer')}`, clientId })
    await load.run('warmUp', clientId)
    const seconds = await load.run('hangarAdd', clientId)
    await load.run('logout', clientId)
    return PREFIXES / seconds
  } finally {
    server.stop()
  }
}

if (import.meta.main) {
  console.table(await benchRoutes())
  process.exit()
}
