import type { Shell } from '../shell.ts'

/** Asks until the answer is one; Enter, or nobody there, is the default. */
export async function confirm(shell: Shell, question: string, fallback: boolean): Promise<boolean> {
  for (;;) {
    const answer = (await shell.interaction.ask(question))?.trim().toLowerCase() ?? ''
    if (answer === '') return fallback
    if ('yes'.startsWith(answer)) return true
    if ('no'.startsWith(answer)) return false
  }
}
