import { type Branch, compareText, configurationXml, inherit } from '@hangar/junos-config'
import { escapeText } from '@hangar/xml'
import type { ReadElement } from '@hangar/xml/read'
import { differs } from '../database/database.ts'
import { changedHead, headOf } from '../database/head.ts'
import { type Head, render } from '../database/render.ts'
import { unquoteSecrets, withoutSecrets } from '../database/secrets.ts'
import { allow } from './allow.ts'
import { refusal } from './fault.ts'
import { filtered } from './filter.ts'
import type { NetconfServices } from './services.ts'
import type { NetconfClient, Operation } from './session.ts'

/** What is seen of the configuration: RFC 6241's `get` and `get-config`, and Junos's `get-configuration`. */
export function showOperations(services: NetconfServices): Readonly<Record<string, Operation>> {
  const { committer, store, database } = services
  const running = () => ({ tree: database.committed, head: headOf(store.records[0]) })

  /** The candidate, and what is said above it. */
  const candidate = ({ candidate: access }: NetconfClient) =>
    access.with(({ base, tree, seat }) => ({
      tree,
      head: differs(base, tree) ? changedHead(seat.lastActive) : headOf(store.records[0]),
    }))

  const visible = (tree: Branch, { visitor }: NetconfClient) =>
    services.may(visitor.loginClass, 'secret') ? tree : withoutSecrets(tree)

  async function* data(asked: ReadElement, client: NetconfClient, tree: Branch, head: Head): AsyncGenerator<string> {
    const filter = asked.children.find(one => one.name === 'filter')
    if (filter && (filter.attributes.type ?? 'subtree') !== 'subtree')
      throw refusal('only subtree filters are supported', 'filter')
    yield '<data>\n'
    const wanted = filter?.children.find(one => one.name === 'configuration')
    if (!filter || wanted) {
      const shown = visible(tree, client)
      yield* xml(wanted && wanted.children.length > 0 ? filtered(shown, wanted) : shown, head)
    }
    yield '</data>\n'
  }

  return {
    get: (asked, client) => {
      allow(services, client, 'view-configuration')
      const { tree, head } = running()
      return data(asked, client, tree, head)
    },

    'get-config': async (asked, client) => {
      allow(services, client, 'view-configuration')
      const { tree, head } = sourceOf(asked) === 'candidate' ? await candidate(client) : running()
      return data(asked, client, tree, head)
    },

    'get-configuration': async (asked, client) => {
      allow(services, client, 'view-configuration')
      const { compare, rollback, database: from = 'candidate', format = 'xml' } = asked.attributes
      if (from !== 'candidate' && from !== 'committed') throw refusal(`there is no database '${from}'`, from)
      const { tree, head } = from === 'committed' ? running() : await candidate(client)
      if (compare !== undefined) {
        if (compare !== 'rollback') throw refusal(`cannot compare with '${compare}'`, compare)
        const before = await committer.rollback(rollbackNumber(rollback))
        if (!before) throw refusal(`rollback ${rollback} does not exist`)
        return comparison(visible(before, client), visible(tree, client))
      }
      const whole = visible(asked.attributes.inherit === undefined ? tree : inherit(tree), client)
      const wanted = asked.children.find(one => one.name === 'configuration')
      return formatted(wanted && wanted.children.length > 0 ? filtered(whole, wanted) : whole, head, format)
    },
  }
}

/** Of `<source>` or `<target>`. */
export function sourceOf(asked: ReadElement, name = 'source'): 'candidate' | 'running' {
  const store = asked.children.find(one => one.name === name)?.children[0]?.name
  if (store !== 'candidate' && store !== 'running') throw refusal(`missing or unknown ${name}`, store ?? name)
  return store
}

/** 0 to 49. */
export function rollbackNumber(text = '0'): number {
  if (!/^\d{1,2}$/.test(text) || Number(text) > 49) throw refusal(`invalid rollback number '${text}'`, text)
  return Number(text)
}

function* xml(tree: Branch, { attributes }: Head): Generator<string> {
  for (const piece of configurationXml(tree, attributes)) yield unquoteSecrets(piece)
}

/** What is around each format but XML. */
const wrappers: Readonly<Record<string, readonly [string, string]>> = {
  text: ['<configuration-text xmlns="http://xml.juniper.net/xnm/1.1/xnm">\n', '</configuration-text>\n'],
  set: ['<configuration-set>\n', '</configuration-set>\n'],
  json: ['', ''],
}

function* formatted(tree: Branch, head: Head, format: string): Generator<string> {
  if (format === 'xml') return yield* xml(tree, head)
  if (format !== 'text' && format !== 'set' && format !== 'json')
    throw refusal(`there is no format '${format}'`, format)
  const [before, after] = wrappers[format]!
  yield before
  yield* pieces(render(tree, { steps: [] }, format, { head }))
  yield after
}

/** Text as it stands in an element, in pieces. */
function* pieces(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at + 32_768)
    const end = newline < 0 ? text.length : newline + 1
    yield escapeText(unquoteSecrets(text.slice(at, end)))
    at = end
  }
}

function* comparison(before: Branch, after: Branch): Generator<string> {
  yield '<configuration-information>\n<configuration-output>\n'
  yield* pieces(
    compareText(before, after, [])
      .map(line => `${line}\n`)
      .join(''),
  )
  yield '</configuration-output>\n</configuration-information>\n'
}
