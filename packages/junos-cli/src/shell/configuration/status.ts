import type { CliCommand } from '../call.ts'
import { editingText } from '../editors-text.ts'
import { candidateOf } from './statements.ts'

export const statusCommand: CliCommand = {
  words: [{ name: 'status', help: 'Show users currently editing configuration' }],
  action: {
    piped: 'text',
    async *run({ shell }) {
      yield editingText(candidateOf(shell).editors(), shell.clock.now())
    },
  },
}
