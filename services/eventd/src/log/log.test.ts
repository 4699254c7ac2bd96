import { create, type MessageInitShape } from '@bufbuild/protobuf'
import { emptyRoot, loadSet, viewOf } from '@hangar/junos-config'
import { SyslogMessageSchema } from '@hangar/protocol/hangar/eventd/v1/eventd_pb'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clearLog } from '../commands/clear-log.ts'
import { showLog } from '../commands/show-log.ts'
import { readSyslog } from './configuration.ts'
import { LogFile } from './log-file.ts'
import { LogFiles } from './log-files.ts'
import { logLine } from './log-line.ts'

const at = Date.UTC(2026, 2, 5, 14, 47, 45)
const message = (given: MessageInitShape<typeof SyslogMessageSchema> = {}) =>
  create(SyslogMessageSchema, {
    timeMs: BigInt(at),
    facility: 'interact-commands',
    severity: 'notice',
    process: 'mgd',
    pid: 91373,
    tag: 'UI_COMMIT',
    message: "User 'user' requested 'commit' operation (comment: none)",
    ...given,
  })

const configured = (...lines: string[]) => readSyslog(viewOf(loadSet(emptyRoot, lines.join('\n')).root))

async function files(...lines: string[]): Promise<LogFiles> {
  const made = new LogFiles(() => at)
  made.configure((await configured(...lines)).files)
  return made
}

const tags = (made: LogFiles, name: string) => made.get(name)?.lines.map(line => line.match(/: (\w+):/)?.[1])

describe('a line', () => {
  it('is as recorded', () => {
    expect(logLine(message(), 'host')).toBe(
      "Mar  5 14:47:45  host mgd[91373]: UI_COMMIT: User 'user' requested 'commit' operation (comment: none)",
    )
  })

  it('without a tag or a process id', () => {
    const text = 'New connection from 127.0.0.1 on port 1883.'
    expect(logLine(message({ tag: '', pid: 0, process: 'mosquitto', message: text }), 'r1')).toBe(
      `Mar  5 14:47:45  r1 mosquitto: ${text}`,
    )
  })

  it('stays one line, whatever a user writes', () => {
    expect(logLine(message({ message: 'a\nMar  5 14:47:45  host forged' }), 'h')).toContain(
      'a\\012Mar  5 14:47:45  host forged',
    )
  })
})

describe('which file takes what', () => {
  it('messages takes everything while nothing is said', async () => {
    const made = await files()
    made.write(message({ severity: 'debug' }), 'r')
    expect(tags(made, 'messages')).toEqual(['UI_COMMIT'])
  })

  it('by facility and severity; a facility of its own overrides any', async () => {
    const made = await files(
      'set system syslog file messages any notice',
      'set system syslog file messages authorization info',
      'set system syslog file interactive-commands interactive-commands any',
      'set system syslog file quiet any any',
      'set system syslog file quiet daemon none',
    )
    made.write(message({ tag: 'A', facility: 'daemon', severity: 'info' }), 'r')
    made.write(message({ tag: 'B', facility: 'daemon', severity: 'err' }), 'r')
    made.write(message({ tag: 'C', facility: 'auth', severity: 'info' }), 'r')
    made.write(message({ tag: 'D', facility: 'interact-commands', severity: 'info' }), 'r')
    expect(tags(made, 'messages')).toEqual(['B', 'C'])
    expect(tags(made, 'interactive-commands')).toEqual(['D'])
    expect(tags(made, 'quiet')).toEqual(['C', 'D'])
  })

  it('by match and match-strings', async () => {
    const made = await files(
      'set system syslog file f any any',
      'set system syslog file f match "UI_(COMMIT|LOGIN)"',
      'set system syslog file g any any',
      'set system syslog file g match-strings B',
    )
    made.write(message(), 'r')
    made.write(message({ tag: 'B' }), 'r')
    expect([tags(made, 'f'), tags(made, 'g')]).toEqual([['UI_COMMIT'], ['B']])
  })

  it('a file that is no longer configured stays and grows no more', async () => {
    const made = await files('set system syslog file f any any')
    made.write(message(), 'r')
    made.configure([])
    made.write(message(), 'r')
    expect([tags(made, 'f')?.length, tags(made, 'messages')?.length]).toEqual([1, 2])
  })

  it('in time linear in the line, whatever the expression', async () => {
    const made = await files('set system syslog file f any any', 'set system syslog file f match "(a+)+$"')
    made.write(message({ message: `${'a'.repeat(5000)}!` }), 'r')
    made.write(message({ tag: 'B', message: 'a' }), 'r')
    expect(tags(made, 'f')).toEqual(['B'])
  })

  it('says which expression is none', async () => {
    expect((await configured('set system syslog file f match "a("')).problems).toMatchObject([{ file: 'f' }])
  })
})

describe('a file', () => {
  it('is bounded in lines and in bytes, and always ends with the newest line', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 3000, size: 'max' }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 500 }),
        (lines, most, bytes) => {
          const file = new LogFile({ lines: most, bytes }, 0)
          for (const line of lines) file.append(line, 1)
          const kept = file.lines
          const size = kept.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0)
          expect(kept.length).toBeLessThanOrEqual(most)
          expect(size).toBeLessThanOrEqual(bytes)
          expect(file.bytes).toBe(size)
          expect(kept).toEqual(lines.slice(lines.length - kept.length))
        },
      ),
      { numRuns: 30 },
    )
  })
})

describe('commands', () => {
  const invoke = (options: Record<string, string> = {}) => ({
    options: new Map(Object.entries(options)),
    user: 'user',
    loginClass: 'super-user',
  })

  it('show log <file>', async () => {
    const made = await files()
    made.write(message(), 'host')
    made.write(message({ tag: 'B' }), 'host')
    const invocation = invoke({ filename: 'messages' })
    const command = showLog(made)
    const text = command.text(await command.run(invocation), invocation)
    expect(text.split('\n')).toHaveLength(3)
    expect(text).toMatch(/^Mar {2}5 14:47:45 {2}host mgd\[91373\]: UI_COMMIT: User/)
  })

  it('show log lists the files', async () => {
    const made = await files('set system syslog file interactive-commands interactive-commands any')
    made.write(message(), 'host')
    const command = showLog(made)
    const text = command.text(await command.run(invoke()), invoke())
    expect(text).toBe(
      'total 1\n' +
        '-rw-r-----  1 root  wheel         102 Mar  5 14:47 interactive-commands\n' +
        '-rw-r-----  1 root  wheel         102 Mar  5 14:47 messages\n',
    )
  })

  it('clear log empties a file', async () => {
    const made = await files()
    made.write(message(), 'host')
    await clearLog(made).run(invoke({ filename: 'messages' }))
    expect(made.get('messages')?.lines).toEqual([])
  })

  it('a file that is not there', async () => {
    const made = await files()
    expect(() => showLog(made).run(invoke({ filename: 'xyz' }))).toThrow('could not resolve file: xyz')
    expect(() => clearLog(made).run(invoke({ filename: '../messages' }))).toThrow('could not resolve file: ../messages')
  })
})
