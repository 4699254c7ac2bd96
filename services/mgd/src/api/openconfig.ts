import type { JetImplementation } from '@hangar/daemon'
import { type Branch, rootSchema } from '@hangar/junos-config'
import {
  OpenConfigDataEncodingTypes as Encoding,
  GetDataCommands,
  type OpenconfigRpcApi,
  SetConfigCommands,
  OpenConfigRpcResponseTypes as Status,
} from '@hangar/protocol/openconfig_service_pb'
import { render } from '../database/render.ts'
import { withoutSecrets } from '../database/secrets.ts'
import { commitConfiguration } from './commit-configuration.ts'
import { PathError, readPath } from './config-path.ts'
import { LoadFailed } from './load-failed.ts'
import type { Management } from './management.ts'
import { operated, type TreeOperation } from './tree-operation.ts'

const formats: Readonly<Record<number, 'xml' | 'json'>> = {
  [Encoding.ENCODING_XML]: 'xml',
  [Encoding.ENCODING_JSON]: 'json',
}

const verbs: Readonly<Record<number, TreeOperation['verb']>> = {
  [SetConfigCommands.UPDATE_CONFIG]: 'update',
  [SetConfigCommands.REPLACE_CONFIG]: 'replace',
  [SetConfigCommands.DELETE_CONFIG]: 'delete',
}

/** Sessions whose choice of an encoding is remembered: more than there can be at once. */
const rememberedSessions = 512
/** Of the vendor's modules of this release. */
const moduleRevision = '2023-01-01'

interface Answer {
  readonly responseCode: Status
  readonly message: string
}

const done: Answer = { responseCode: Status.OK, message: '' }
const undone: Answer = { responseCode: Status.NOK, message: 'nothing was done' }

/** openconfig.OpenconfigRpcApi, over the configuration as Junos has it. */
export function openconfig(management: Management): JetImplementation<typeof OpenconfigRpcApi> {
  const { database, may } = management
  const chosen = new Map<string, Encoding>()
  /** XML is also what a request has that says nothing: then the session's choice counts. */
  const formatOf = (encoding: Encoding, session: string) =>
    formats[encoding === Encoding.ENCODING_XML ? (chosen.get(session) ?? encoding) : encoding]

  return {
    getDataEncodings: ({ requestId }) => ({
      requestId,
      encoding: [Encoding.ENCODING_XML, Encoding.ENCODING_JSON],
      responseCode: Status.OK,
    }),

    setDataEncoding({ requestId, encoding }, { caller }) {
      if (!formats[encoding]) return { requestId, ...unknownEncoding(encoding) }
      chosen.delete(caller.session)
      chosen.set(caller.session, encoding)
      if (chosen.size > rememberedSessions) chosen.delete(chosen.keys().next().value!)
      return { requestId, ...done }
    },

    getModels: ({ requestId }) => ({ requestId, model: models(), ...done }),

    get({ requestId, encoding, getRequest }, { caller }) {
      const format = formatOf(encoding, caller.session)
      const committed = database.committed
      const tree = may(caller.loginClass, 'secret') ? committed : withoutSecrets(committed)
      const response = getRequest.map(({ operationId, operation, path }) => {
        const entry = { operationId, path }
        if (!format) return { ...entry, ...unknownEncoding(encoding) }
        if (!may(caller.loginClass, 'view-configuration')) return { ...entry, ...denied }
        return { ...entry, ...read(tree, operation, path, format) }
      })
      return { requestId, response }
    },

    async set({ requestId, transaction, encoding, configOperation }, { caller }) {
      const format = formatOf(encoding, caller.session)
      const answer = (answers: readonly Answer[]) => ({
        requestId,
        response: configOperation.map(({ operationId }, i) => ({ operationId, ...answers[i] })),
      })
      if (!format) return answer(configOperation.map(() => unknownEncoding(encoding)))
      if (configOperation.length === 0) return answer([])
      const answers: Answer[] = []
      const change = (before: Branch) => {
        let tree = before
        for (const { operation, path, value: text } of configOperation) {
          const tried = attempt(tree, { verb: verbs[operation], path, config: { format, text } })
          answers.push(tried.answer)
          if (tried.tree) tree = tried.tree
          else if (transaction) throw new LoadFailed(tried.answer.message)
        }
        if (!answers.some(({ responseCode }) => responseCode === Status.OK)) throw new LoadFailed('nothing was done')
        return tree
      }
      const outcome = await commitConfiguration(management, caller, change, { what: 'load merge', comment: '' })
      if (outcome.kind === 'done') return answer(answers)
      if (answers.some(({ responseCode }) => responseCode !== Status.OK))
        return answer(configOperation.map((_, i) => wrong(answers[i]) ?? undone))
      const responseCode = outcome.kind === 'configuration' ? Status.INVALID_CONFIGURATION : Status.NOK
      return answer(configOperation.map(() => ({ responseCode, message: outcome.message })))
    },
  }
}

const denied: Answer = { responseCode: Status.NOK, message: 'permission denied' }

function unknownEncoding(encoding: number): Answer {
  return { responseCode: Status.UNSUPPORTED_ENCODING, message: `there is no encoding ${encoding}` }
}

function wrong(answer: Answer | undefined): Answer | undefined {
  return answer?.responseCode === Status.OK ? undefined : answer
}

function read(
  tree: Branch,
  operation: GetDataCommands,
  path: string,
  format: 'xml' | 'json',
): Answer & { readonly value?: string } {
  if (operation !== GetDataCommands.GET_ALL && operation !== GetDataCommands.GET_CONFIG)
    return { responseCode: Status.UNSUPPORTED_PATH, message: 'there is configuration only, no state' }
  try {
    return { ...done, value: render(tree, readPath(path).target, format) }
  } catch (thrown) {
    return faultOf(thrown)
  }
}

function attempt(
  tree: Branch,
  { verb, ...rest }: Omit<TreeOperation, 'verb'> & { readonly verb: TreeOperation['verb'] | undefined },
): { readonly tree?: Branch; readonly answer: Answer } {
  if (!verb) return { answer: { responseCode: Status.NOK, message: 'there is no such operation' } }
  try {
    const { tree: after, warning = '' } = operated(tree, { verb, ...rest })
    return { tree: after, answer: { responseCode: Status.OK, message: warning } }
  } catch (thrown) {
    return { answer: faultOf(thrown) }
  }
}

function faultOf(thrown: unknown): Answer {
  if (thrown instanceof PathError) return { responseCode: Status.INVALID_PATH, message: thrown.message }
  if (thrown instanceof LoadFailed) return { responseCode: Status.INVALID_CONFIGURATION, message: thrown.message }
  throw thrown
}

/** The vendor's module of each hierarchy that can be configured. */
function models() {
  return rootSchema.statements.all
    .filter(({ kind, hidden }) => kind === 'container' && !hidden)
    .map(({ name }) => ({
      name: `junos-conf-${name}`,
      namespace: `http://yang.juniper.net/junos/conf/${name}`,
      version: moduleRevision,
    }))
}
