import { type Address, formatAddress, parsePrefix } from '@hangar/inet'
import { ManualClock, silentLogger } from '@hangar/runtime'
import type { Links } from '../resolve/resolver.ts'
import type { NextHopSpec } from '../rib/next-hop.ts'
import { putRoute } from '../rib/put-route.ts'
import { maskedWords, wordsOf } from '../rib/words.ts'
import { Routing } from '../routing.ts'
import { FakeKernel } from './kernel.ts'

/** Interfaces as a test sets them. */
export class FakeLinks implements Links {
  readonly up = new Set<string>()
  /** There, and without a link. */
  readonly down = new Set<string>()
  readonly own = new Map<string, string>()

  exists(ifl: string): boolean {
    return this.up.has(ifl) || this.down.has(ifl)
  }

  isUp(ifl: string): boolean {
    return this.up.has(ifl)
  }

  interfaceWith(instance: string, address: Address): string | undefined {
    return this.own.get(`${instance} ${formatAddress(address)}`)
  }
}

/** rpd's inside with a kernel that is up and a clock that stands still. */
export async function testRouting() {
  const clock = new ManualClock()
  const kernel = new FakeKernel()
  const links = new FakeLinks()
  const routing = new Routing({ clock, log: silentLogger, links, kernel: kernel.client, incarnation: 'rpd-1' })
  routing.forwarding.kernelUp('kernel-1')
  routing.forwarding.tablesComplete()
  await routing.committed()

  /** An interface with an address: its direct and local routes. */
  const address = (ifl: string, text: string, instance = 'master') => {
    const prefix = parsePrefix(text)!
    const words = wordsOf(prefix.address)
    const family = prefix.address.family
    const table = routing.rib.table(instance === 'master' ? `${family}.0` : `${instance}.${family}.0`)!
    links.up.add(ifl)
    links.own.set(`${instance} ${formatAddress(prefix.address)}`, ifl)
    const direct = routing.rib.attributes.source('Direct')
    const values = { preference: 0, preference2: 0 }
    const nextHop: NextHopSpec = { kind: 'interface', interface: ifl }
    putRoute(routing.rib, table, {
      words: maskedWords(words, prefix.length),
      length: prefix.length,
      source: direct,
      values,
      nextHop,
    })
    putRoute(routing.rib, table, {
      words,
      length: family === 'inet' ? 32 : 128,
      source: routing.rib.attributes.source('Local'),
      values,
      nextHop: { kind: 'local', interface: ifl },
    })
    routing.rib.settle()
  }
  return { routing, kernel, links, clock, address }
}
