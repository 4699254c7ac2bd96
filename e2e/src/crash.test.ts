import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { configuration } from './clients/configuration.ts'
import { openShell } from './clients/ssh.ts'
import { end, freePorts, portFlags, up } from './ways/hangar.ts'

const kills = 50

/** Statements of one commit: together or not at all. */
const together = (n: number) => [
  `interfaces xe-0/0/0 description "commit ${n}"`,
  `interfaces xe-0/0/1 description "commit ${n}"`,
  `system host-name commit-${n}`,
]

test(`${kills} times kill -9 during commits: the last commit that said so is there, whole`, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'hangar-crash-'))
  const flags = portFlags(await freePorts())
  let next = 1
  for (let kill = 0; kill < kills; kill++) {
    const { child, ready } = await up(directory, flags)
    const shell = await openShell(ready.ssh)
    await shell.command('configure')
    let completed = next - 1
    // The time of the kill moves through the commits, from before the first word is read to after the last answer.
    const commits = (async () => {
      for (;;) {
        for (const line of together(next)) await shell.command(`set ${line}`)
        shell.type('commit\r')
        const answer = await shell.until(/commit complete\r\n|error: /)
        if (answer.endsWith('error: ')) throw new Error(answer)
        completed = next++
        await shell.prompt('configuration')
      }
    })()
    const ended = commits.catch(error => error)
    const moment = setTimeout(() => child.kill('SIGKILL'), 1 + kill * 7)
    await end(child, 'SIGCONT')
    clearTimeout(moment)
    expect(String(await ended)).toContain('the session ended')

    const again = await up(directory, flags)
    const lines = await configuration(again.ready.ssh)
    const numbers = lines.flatMap(line => /commit[- ](\d+)/.exec(line)?.[1] ?? []).map(Number)
    // The one whose answer the kill took may be there or not, but no part of it.
    expect([completed, completed + 1]).toContain(numbers[0] ?? 0)
    expect(new Set(numbers).size, lines.join('\n')).toBeLessThanOrEqual(1)
    if (numbers.length > 0) expect(numbers).toHaveLength(3)
    next = (numbers[0] ?? 0) + 1
    await end(again.child, 'SIGKILL')
  }
  rmSync(directory, { recursive: true, force: true })
}, 600_000)
