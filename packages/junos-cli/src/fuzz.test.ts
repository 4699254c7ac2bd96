import { ManualClock } from '@hangar/runtime'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CliSession } from './session.ts'
import { FakeHost } from './testing/fake-host.ts'
import { MemoryTerminal } from './testing/memory-terminal.ts'
import { settle } from './testing/settle.ts'
import './pipes/pattern.ts'

/** Words that lead somewhere, so that generated lines get deeper than the first word. */
const word = fc.constantFrom(
  'show',
  'version',
  'interfaces',
  'configuration',
  'system',
  'set',
  'delete',
  'edit',
  'up',
  'top',
  'run',
  'commit',
  '|',
  'match',
  'display',
  'xml',
  'set',
  'compare',
  'count',
  'last',
  '"',
  '[',
  ']',
  '\\',
  '?',
  '\t',
  '-1',
  '99999999999',
  'rollback',
  'host-name',
  'xe-0/0/0',
  'unit',
  'family',
  'inet',
  'address',
  '10.0.0.1/24',
  'confirmed',
  'cli',
)
const line = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', maxLength: 60 }),
  fc
    .array(fc.oneof(word, fc.string({ unit: 'grapheme-ascii', maxLength: 6 })), { maxLength: 9 })
    .map(all => all.join(' ')),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
)

/** Plays it in a mode and gives the session a way back to a prompt: ^C out of a question, q out of the pager, then a known command. */
async function survives(mode: string, keys: Uint8Array): Promise<void> {
  const terminal = new MemoryTerminal()
  const host = new FakeHost()
  const session = new CliSession({ host, terminal, clock: new ManualClock() })
  let ended = false
  const done = session.run().then(() => {
    ended = true
  })
  terminal.type(mode)
  terminal.type(keys)
  await settle(terminal, 4)
  for (let i = 0; i < 3; i++) {
    terminal.type('~\u0003')
    await settle(terminal, 4)
  }
  if (!ended) {
    terminal.output = ''
    terminal.type('\u0015run show version\rshow version\r')
    await settle(terminal, 4)
    expect(ended || terminal.output.includes('Hostname: router') || terminal.output.includes('unknown command')).toBe(
      true,
    )
    if (!ended) expect(terminal.output).toMatch(/\S+@\S+[#>] $/)
  }
  session.end()
  await done
}

describe.each([
  ['operational mode', ''],
  ['configuration mode', 'configure\r'],
])('%s', (_name, mode) => {
  it('takes any lines and is at a prompt again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 4 }), lines =>
        survives(mode, new TextEncoder().encode(lines.map(one => `${one}\r`).join(''))),
      ),
      { numRuns: 150 },
    )
  })

  it('takes any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), bytes => survives(mode, bytes)),
      { numRuns: 100 },
    )
  })

  it('takes any script', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 4 }), async lines => {
        const terminal = new MemoryTerminal(false)
        terminal.hangUp()
        const session = new CliSession({ host: new FakeHost(), terminal, clock: new ManualClock() })
        const script = `${mode.replace('\r', '')}\n${lines.join('\n').replaceAll('monitor', '')}`
        expect([0, 1]).toContain(await session.exec(script))
      }),
      { numRuns: 100 },
    )
  })
})

it('takes each printable character, alone and in a word', async () => {
  for (const mode of ['', 'configure\r']) {
    for (let code = 32; code < 127; code++) {
      const char = String.fromCharCode(code)
      await survives(mode, new TextEncoder().encode(`${char}\rset a${char}b\rshow | match ${char}\r`))
    }
  }
})
