import type { Candidate } from './host.ts'

/** A line of help as a router lays it out: marker, blank, name padded to 19, two blanks, text. */
export function helpLine({ name, help, marker }: Candidate): string {
  return `${marker ?? ' '} ${name.padEnd(19)}  ${help ?? ''}`.trimEnd()
}

/** `Possible completions:` and what they are; ends in "\n". */
export function helpText(candidates: readonly Candidate[], enter = false): string {
  if (candidates.length === 0 && !enter) return 'No valid completions\n'
  const lines = candidates.map(helpLine)
  if (enter) {
    lines.unshift(helpLine({ name: '<[Enter]>', help: 'Execute this command' }))
    lines.push(helpLine({ name: '|', help: 'Pipe through a command' }))
  }
  return `Possible completions:\n${lines.join('\n')}\n`
}
