import type { RollbackIndex } from '@hangar/junos-cli'
import {
  type Branch,
  emptyRoot,
  type Format,
  type LoadAction,
  type Loaded,
  load,
  loadElements,
} from '@hangar/junos-config'
import type { ReadElement } from '@hangar/xml/read'
import { LoadFailed } from '../api/load-failed.ts'
import { setCommands } from '../api/set-commands.ts'
import { loadEvent } from '../database/load-event.ts'
import { allow } from './allow.ts'
import { loadFault, NetconfError, refusal, renderFault } from './fault.ts'
import type { NetconfServices } from './services.ts'
import type { NetconfClient, Operation } from './session.ts'
import { rollbackNumber, sourceOf } from './show-configuration.ts'

type Change = (tree: Branch) => Loaded | Promise<Loaded>

/** Everything that changes the candidate. What is wrong in a part of it changes nothing. */
export function editOperations(services: NetconfServices): Readonly<Record<string, Operation>> {
  const { committer, database } = services

  /** Warnings, to be put into the reply. */
  async function change(client: NetconfClient, what: string, by: Change): Promise<string> {
    allow(services, client, 'configure')
    services.syslog(loadEvent(client.visitor.user, what))
    return client.candidate.with(async candidate => {
      const { root, errors, warnings } = await by(candidate.tree)
      if (errors.length > 0) throw new NetconfError(...errors.map(loadFault))
      candidate.tree = root
      return warnings
        .map(({ level, statement, message }) =>
          renderFault({ severity: 'warning', path: level, badElement: statement, message }),
        )
        .join('')
    })
  }

  const rolledBack = async (n: RollbackIndex): Promise<Loaded> => {
    const root = await committer.rollback(n)
    if (!root) throw refusal(n === 'rescue' ? 'no rescue configuration is set' : `rollback ${n} does not exist`)
    return loaded(root)
  }

  return {
    'edit-config': async (asked, client) => {
      candidateAlone(asked)
      const operation = textOf(asked, 'default-operation') ?? 'merge'
      if (operation !== 'merge' && operation !== 'replace' && operation !== 'none')
        throw refusal(`unknown default-operation '${operation}'`, 'default-operation', 'bad-element')
      const given = configurationIn(asked.children.find(one => /^config(-text|-set)?$/.test(one.name)) ?? asked)
      const warnings = await change(client, 'edit-config', tree =>
        given.name === 'configuration'
          ? loadElements(tree, given, { operation })
          : read(tree, given, operation === 'replace' ? 'replace' : 'merge'),
      )
      return [warnings, '<ok/>\n']
    },

    'load-configuration': async (asked, client) => {
      const { action = 'merge', rollback, rescue, url } = asked.attributes
      if (url !== undefined) throw refusal('configuration files cannot be loaded here', 'url')
      if (!isAction(action)) throw refusal(`unknown action '${action}'`, action)
      const kept = rollback === undefined ? undefined : rollbackNumber(rollback)
      const index = rescue === undefined ? kept : 'rescue'
      const by: Change =
        index === undefined ? tree => read(tree, configurationIn(asked), action) : () => rolledBack(index)
      const what = index === undefined ? `load ${action}` : 'rollback'
      const warnings = await change(client, what, by)
      return ['<load-configuration-results>\n', warnings, '<ok/>\n</load-configuration-results>\n']
    },

    'copy-config': async (asked, client) => {
      candidateAlone(asked)
      const source = asked.children.find(one => one.name === 'source')
      const inline = source?.children.find(one => one.name === 'config')
      await change(client, 'copy-config', tree => {
        if (inline) return read(emptyRoot, configurationIn(inline), 'override')
        return loaded(sourceOf(asked) === 'running' ? database.committed : tree)
      })
      return ok
    },

    'delete-config': async (asked, client) => {
      candidateAlone(asked)
      await change(client, 'delete-config', () => loaded(emptyRoot))
      return ok
    },

    'discard-changes': async (_, client) => {
      allow(services, client, 'configure')
      await client.candidate.with(candidate => {
        candidate.tree = candidate.base
      })
      return ok
    },
  }
}

function isAction(action: string): action is LoadAction {
  return ['merge', 'replace', 'override', 'update', 'set', 'patch'].includes(action)
}

export const ok: readonly string[] = ['<ok/>\n']

function loaded(root: Branch): Loaded {
  return { root, errors: [], errorCount: 0, warnings: [] }
}

/** What is running changes by commits alone. */
function candidateAlone(asked: ReadElement): void {
  if (sourceOf(asked, 'target') !== 'candidate')
    throw refusal('only the candidate can be changed', 'running', 'operation-not-supported')
}

/** The element that holds a configuration, in whichever format: `configuration`, `configuration-text`, `-set` or `-json`. */
function configurationIn(asked: ReadElement): ReadElement {
  const found = asked.children.find(one => /^configuration(-text|-set|-json)?$/.test(one.name))
  if (!found) throw refusal('syntax error, expecting <configuration>', asked.children[0]?.name ?? asked.name)
  return found
}

function read(base: Branch, given: ReadElement, action: LoadAction): Loaded {
  const format = formats[given.name]
  const text = given.text ?? ''
  if (format === 'set') return load(base, 'set', commands(text))
  if (action === 'patch') return load(base, 'patch', text)
  if (format) return load(base, action, text, { format })
  return loadElements(action === 'override' || action === 'update' ? emptyRoot : base, given)
}

/** Of the elements whose text is a configuration. */
const formats: Readonly<Record<string, Format>> = {
  'configuration-text': 'text',
  'configuration-set': 'set',
  'configuration-json': 'json',
}

function commands(text: string): string {
  try {
    return setCommands(text)
  } catch (error) {
    throw error instanceof LoadFailed ? refusal(error.message) : error
  }
}

/** Of the first child of that name, without the space around it. */
export function textOf(parent: ReadElement, name: string): string | undefined {
  return parent.children.find(one => one.name === name)?.text?.trim()
}
