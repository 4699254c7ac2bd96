import { availableParallelism, cpus, totalmem } from 'node:os'
import type { BenchRow } from './row.ts'

/*
 * All figures in one table: `npm run bench`, or some of them: `npm run bench -- boot bus`.
 * Each bench runs alone, with its peer in the same run, so that ratios hold on any machine.
 */
const benches: Record<string, () => Promise<BenchRow[]>> = {
  boot: async () => (await import('./boot.ts')).benchBoot(),
  compose: async () => (await import('./compose.ts')).benchCompose(),
  commit: async () => (await import('./commit.ts')).benchCommit(),
  bus: async () => (await import('./bus.ts')).benchBus(),
  jsd: async () => (await import('./jsd.ts')).benchJsd(),
  broker: async () => (await import('./broker.ts')).benchBroker(),
  lookup: async () => (await import('./lookup.ts')).benchLookup(),
  configuration: async () => (await import('./configuration.ts')).benchConfiguration(),
  routes: async () => (await import('./routes/index.ts')).benchRoutes(),
}

const number = (value: number) => value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 2 : 0 })

const names = process.argv.slice(2)
const unknown = names.find(name => !(name in benches))
if (unknown) {
  console.error(`bench: unknown '${unknown}'; there are ${Object.keys(benches).join(', ')}`)
  process.exit(2)
}
const cpu = cpus()[0]?.model ?? 'unknown'
console.log(
  `${availableParallelism()} cores (${cpu}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}\n`,
)
console.log('| what | measured | peer in the same run | ratio | aim |\n| --- | --- | --- | --- | --- |')
for (const name of names.length > 0 ? names : Object.keys(benches)) {
  for (const { what, value, unit, peer, ratio, aim } of await benches[name]!()) {
    const beside = peer ? `${peer.name}: ${number(peer.value)} ${unit}` : ''
    console.log(`| ${what} | ${number(value)} ${unit} | ${beside} | ${ratio ? ratio.toFixed(2) : ''} | ${aim ?? ''} |`)
  }
}
process.exit()
