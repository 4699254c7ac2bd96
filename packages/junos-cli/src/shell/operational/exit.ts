import type { CliCommand } from '../call.ts'

/** `exit` and `quit`: the session ends. */
export const exitCommands: readonly CliCommand[] = ['exit', 'quit'].map(name => ({
  words: [{ name, help: 'Exit the management session' }],
  action: {
    piped: 'text',
    async *run({ shell }) {
      shell.finished = true
      yield ''
    },
  },
}))
