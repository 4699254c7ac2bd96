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

/** A message may quote what it is about, and that may be anything: it stays on its line and leaves the terminal as it is. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, character => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
}

try {
  await main()
} catch (error) {
  console.error(`hangar: ${printable(messageOf(error))}`)
  if (!(error instanceof HangarError)) console.error(error)
  process.exitCode = error instanceof HangarError ? error.exitCode : 1
}
// A library's open handle must not keep a command alive that has said its last word.
process.exit()
