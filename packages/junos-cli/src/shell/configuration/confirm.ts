import type { SessionState } from '../call.ts'

/** Asks until the answer is one; Enter, or nobody there, is the default. */
export async function confirm(shell: SessionState, question: string, fallback: boolean): Promise<boolean> {
  for (;;) {
    const answer = (await shell.interaction.ask(question))?.trim().toLowerCase() ?? ''
    if (answer === '') return fallback
    if ('yes'.startsWith(answer)) return true
    if ('no'.startsWith(answer)) return false
  }
}
