import type { ReadElement } from '@hangar/xml/read'
import { allow } from './allow.ts'
import { ok, textOf } from './edit-configuration.ts'
import { refusal, renderFault } from './fault.ts'
import type { NetconfServices } from './services.ts'
import type { NetconfClient, Operation } from './session.ts'

/** Commits, and who may edit meanwhile. */
export function commitOperations(services: NetconfServices): Readonly<Record<string, Operation>> {
  async function commit(
    client: NetconfClient,
    options: { check: boolean; confirmed?: number; comment?: string },
  ): Promise<readonly string[]> {
    allow(services, client, 'configure')
    const by = { user: client.visitor.user, via: 'netconf' }
    const warnings = await client.candidate.with(candidate => services.committer.commit(candidate, by, options))
    return [
      ...warnings.map(({ path, element, message }) =>
        renderFault({
          severity: 'warning',
          message,
          ...(path !== '' && { path: `[edit ${path}]` }),
          ...(element !== undefined && { badElement: element }),
        }),
      ),
      ...ok,
    ]
  }

  const has = (asked: ReadElement, name: string) => asked.children.some(one => one.name === name)

  return {
    /** RFC 6241: the timeout counts in seconds. */
    commit: (asked, client) => {
      const seconds = textOf(asked, 'confirm-timeout')
      const confirmed = has(asked, 'confirmed') ? minutesOf(seconds === undefined ? 600 : Number(seconds)) : undefined
      return commit(client, { check: false, ...(confirmed !== undefined && { confirmed }) })
    },

    /** Junos's own: it counts in minutes. */
    'commit-configuration': (asked, client) => {
      if (has(asked, 'at-time')) throw refusal('commits at a later time are not supported', 'at-time')
      const minutes = textOf(asked, 'confirm-timeout')
      const confirmed = has(asked, 'confirmed')
        ? minutesOf(minutes === undefined ? 600 : 60 * Number(minutes))
        : undefined
      const comment = textOf(asked, 'log')
      return commit(client, {
        check: has(asked, 'check'),
        ...(confirmed !== undefined && { confirmed }),
        ...(comment !== undefined && comment !== '' && { comment }),
      })
    },

    validate: (_, client) => commit(client, { check: true }),

    lock: (asked, client) => {
      allow(services, client, 'configure')
      const target = asked.children.find(one => one.name === 'target')?.children[0]?.name ?? 'candidate'
      if (target !== 'candidate' && target !== 'running') throw refusal('missing or unknown target', target)
      client.candidate.lock()
      return ok
    },

    unlock: (_, client) => {
      client.candidate.unlock()
      return ok
    },

    'lock-configuration': (_, client) => {
      allow(services, client, 'configure')
      client.candidate.lock()
      return ok
    },

    'unlock-configuration': (_, client) => {
      client.candidate.unlock()
      return ok
    },

    'open-configuration': (asked, client) => {
      allow(services, client, 'configure')
      const mode = asked.children[0]?.name ?? 'shared'
      if (mode !== 'shared' && mode !== 'private' && mode !== 'exclusive')
        throw refusal(`there is no mode '${mode}'`, mode)
      client.candidate.open(mode)
      return ok
    },

    'close-configuration': (_, client) => {
      client.candidate.close()
      return ok
    },
  }
}

/** Whole minutes, 1 to 65535; what is not whole lasts longer. */
function minutesOf(seconds: number): number {
  const minutes = Math.ceil(seconds / 60)
  if (!(minutes >= 1 && minutes <= 65_535)) throw refusal('invalid confirm-timeout', 'confirm-timeout', 'invalid-value')
  return minutes
}
