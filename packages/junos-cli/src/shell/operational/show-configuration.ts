import type { CliHost } from '../../host.ts'
import type { CliCommand } from '../call.ts'
import { configurationText } from '../configuration/show.ts'

/** `show configuration [path]`, from what is committed. */
export function showConfiguration(host: CliHost): CliCommand {
  return {
    words: [
      { name: 'show', help: 'Show system information' },
      { name: 'configuration', help: 'Show current configuration' },
    ],
    permission: 'view-configuration',
    tail: (_path, words, partial) => host.committed.complete('show', { path: [], words }, partial),
    action: {
      piped: 'configuration',
      async *run(call) {
        yield await configurationText(host.committed, { path: [], words: call.rest }, call)
      },
    },
  }
}
