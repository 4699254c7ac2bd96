import { HangarError, messageOf } from '@hangar/runtime'
import { readArguments, usage } from './command/arguments.ts'

/** The hangar command. Each subcommand is loaded only when it is asked for. */
async function main(): Promise<void> {
  const given = readArguments(process.argv.slice(2), process.env)
  switch (given.command) {
    case 'up':
      return (await import('./command/up.ts')).up(given)
    case 'cli':
      process.exitCode = await (await import('./command/cli.ts')).cli(given)
      return
    case 'health':
      process.exitCode = await (await import('./command/health.ts')).health(given.url)
      return
    case 'version':
      return console.log((await import('../package.json', { with: { type: 'json' } })).default.version)
    case 'help':
      return console.log(usage)
  }
}

try {
  await main()
} catch (error) {
  console.error(`hangar: ${messageOf(error)}`)
  if (!(error instanceof HangarError)) console.error(error)
  process.exitCode = error instanceof HangarError ? error.exitCode : 1
}
// A library's open handle must not keep a command alive that has said its last word.
process.exit()
