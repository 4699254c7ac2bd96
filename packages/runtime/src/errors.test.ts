import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type ErrorCode, errorCodes, HangarError } from './errors.ts'

const page = join(import.meta.dirname, '../../../docs/errors.md')

const head = ['code', 'what it means, and what to do', 'exit code']
const codes = Object.keys(errorCodes) as ErrorCode[]
const rows = codes.map(code => [`\`${code}\``, errorCodes[code], `${new HangarError(code, '').exitCode}`])

/** As the formatter lays tables out. */
function table(lines: string[][]): string {
  const widths = head.map((_, column) => Math.max(...lines.map(cells => cells[column]!.length)))
  const [first, ...rest] = lines.map(cells => cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | '))
  return [first, widths.map(width => '-'.repeat(width)).join(' | '), ...rest].map(line => `| ${line} |`).join('\n')
}

const text = `# Errors

What an operator may meet outside the JET contract, the CLI and NETCONF. Each comes as one line on standard error that says what was wrong and
where; the \`code\` of the \`HangarError\` is for programs that start a device themselves, and never changes its meaning. The hangar command, and a
daemon in a process of its own, end with the exit code below; with 1 on anything else, which is a defect of Hangar: please report it with its text.

Made from \`packages/runtime/src/errors.ts\`: \`UPDATE_DOCS=1 vitest run src/errors.test.ts\` in that package writes this page anew.

${table([head, ...rows])}
`

test('docs/errors.md says what the table says (UPDATE_DOCS=1 writes it)', () => {
  if (process.env.UPDATE_DOCS) writeFileSync(page, text)
  expect(readFileSync(page, 'utf8')).toBe(text)
})

test('every code is a word of its own, and says what to do', () => {
  for (const [code, advice] of Object.entries(errorCodes)) {
    expect(code).toMatch(/^HGR_[A-Z_]+$/)
    expect(advice).toMatch(/^[A-Z][^|\n]*\.$/)
  }
})
