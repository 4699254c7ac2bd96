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

test(`${kills} times kill -9 during commits: the last commit that said so is there, whole`, {
  timeout: 600_000,
}, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'hangar-crash-'))
  const flags = portFlags(await freePorts())
  let completed = 0
  for (let kill = 0; kill <= kills; kill++) {
    const { child, ready } = await up(directory, flags)
    const found = numbersIn(await configuration(ready.ssh))
    // The commit whose answer the kill took may be there or not, but no part of it.
    expect([completed, completed + 1]).toContain(found[0] ?? 0)
    expect(found).toEqual(found[0] === undefined ? [] : [found[0], found[0], found[0]])
    completed = found[0] ?? 0
    if (kill === kills) {
      await end(child)
      break
    }

    const shell = await openShell(ready.ssh)
    await shell.command('configure')
    const commits = (async () => {
      for (let next = completed + 1; ; next++) {
        for (const line of together(next)) await shell.command(`set ${line}`)
        shell.type('commit\r')
        const answer = await shell.until(/commit complete\r\n|error: /)
        if (answer.endsWith('error: ')) return answer
        completed = next
        await shell.prompt('configuration')
      }
    })().catch(String)
    // The moment moves through the commits, from the first word typed to some answers later.
    const moment = setTimeout(() => child.kill('SIGKILL'), 1 + kill * 7)
    expect(await commits).toContain('the session ended')
    clearTimeout(moment)
    await end(child, 'SIGKILL')
  }
  rmSync(directory, { recursive: true, force: true })
})

function numbersIn(lines: readonly string[]): number[] {
  return lines.flatMap(line => /commit[- ](\d+)/.exec(line)?.[1] ?? []).map(Number)
}
