import type { JetImplementation } from '@hangar/daemon'
import type { OutputFormat } from '@hangar/junos-cli'
import {
  ConfigCommands,
  ConfigLoadType,
  JunosDataEncodingTypes,
  type ManagementRpcApi,
  OperationFormatType,
  JunosRpcResponseTypes as Status,
} from '@hangar/protocol/management_service_pb'
import { commitConfiguration, type Outcome } from './commit-configuration.ts'
import { type EphemeralOperation, type EphemeralStatus, editEphemeral, readEphemeral } from './ephemeral.ts'
import { ephemeralValue, givenConfiguration } from './given.ts'
import { type LoadType, loadConfiguration } from './load-configuration.ts'
import type { Management } from './management.ts'
import { opCommand } from './op-command.ts'
import { opMessages } from './op-output.ts'

const formats: Readonly<Record<number, OutputFormat>> = {
  [OperationFormatType.OPERATION_FORMAT_JSON]: 'json',
  [OperationFormatType.OPERATION_FORMAT_XML]: 'xml',
  [OperationFormatType.OPERATION_FORMAT_CLI]: 'text',
}

const encodings: Readonly<Record<number, 'xml' | 'json'>> = {
  [JunosDataEncodingTypes.ENCODING_XML]: 'xml',
  [JunosDataEncodingTypes.ENCODING_JSON]: 'json',
}

const loadTypes: Readonly<Record<number, LoadType>> = {
  [ConfigLoadType.CONFIG_LOAD_REPLACE]: 'replace',
  [ConfigLoadType.CONFIG_LOAD_MERGE]: 'merge',
  [ConfigLoadType.CONFIG_LOAD_OVERRIDE]: 'override',
  [ConfigLoadType.CONFIG_LOAD_UPDATE]: 'update',
  [ConfigLoadType.CONFIG_LOAD_SET]: 'set',
}

const verbs: Readonly<Record<number, EphemeralOperation['verb']>> = {
  [ConfigCommands.UPDATE_CONFIG]: 'update',
  [ConfigCommands.REPLACE_CONFIG]: 'replace',
  [ConfigCommands.DELETE_CONFIG]: 'delete',
}

const statuses: Readonly<Record<EphemeralStatus | Outcome['kind'], Status>> = {
  done: Status.SUCCESS,
  refused: Status.NOK,
  configuration: Status.INVALID_CONFIGURATION,
  'invalid-path': Status.INVALID_PATH,
  'unsupported-path': Status.UNSUPPORTED_PATH,
}

/** management.ManagementRpcApi: status is in-band, and every message repeats the request's id. */
export function managementClassic(management: Management): JetImplementation<typeof ManagementRpcApi> {
  return {
    async *executeOpCommand({ requestId, command, outFormat }, { caller, signal }) {
      const format = formats[outFormat]
      if (format === undefined) {
        const message = `there is no output format ${outFormat}`
        yield { requestId, status: Status.UNSUPPORTED_ENCODING, message }
        return
      }
      const result = () => opCommand(management.operations, caller, command, { format, signal })
      for await (const { data, error } of opMessages(result, format)) {
        const failed = error !== undefined
        yield { requestId, data, status: failed ? Status.NOK : Status.SUCCESS, message: error ?? '' }
      }
    },

    async executeCfgCommand({ requestId, config, loadType, commit }, { caller }) {
      const type = loadTypes[loadType]
      if (!type) return { requestId, status: Status.NOK, message: `there is no load type ${loadType}` }
      const given = givenConfiguration(config, type)
      if ('fault' in given) {
        const status = given.fault === 'encoding' ? Status.UNSUPPORTED_ENCODING : Status.NOK
        return { requestId, status, message: given.message }
      }
      const outcome = await commitConfiguration(management, caller, tree => loadConfiguration(tree, given, type), {
        what: `load ${type}`,
        comment: commit?.comment ?? '',
      })
      return { requestId, status: statuses[outcome.kind], message: messageOf(outcome) }
    },

    getEphemeralConfig(
      { requestId, encoding, ephConfigRequests, ephInstanceName: instance, mergeView: merged },
      { caller },
    ) {
      const entry = ({ operationId, path }: { operationId: string; path: string }) => ({ operationId, path })
      const format = encodings[encoding]
      if (!format) {
        const message = `there is no encoding ${encoding}`
        const status = Status.UNSUPPORTED_ENCODING
        return { requestId, response: ephConfigRequests.map(one => ({ ...entry(one), status, message })) }
      }
      const paths = ephConfigRequests.map(one => one.path)
      const answers = readEphemeral(management, caller, { instance, merged, format, paths })
      const response = answers.map(({ status, message, value }, i) => ({
        ...entry(ephConfigRequests[i]!),
        value,
        status: statuses[status],
        message,
      }))
      return { requestId, response }
    },

    async editEphemeralConfig(request, { caller }) {
      const { requestId, ephConfigOperations, ephInstanceName: instance } = request
      const unknown = ephConfigOperations.findIndex(one => !verbs[one.operation])
      if (unknown >= 0) {
        const response = ephConfigOperations.map(({ operationId, operation }, i) => ({
          operationId,
          status: Status.NOK,
          message: i === unknown ? `there is no operation ${operation}` : 'nothing was done',
        }))
        return { requestId, response }
      }
      const operations = ephConfigOperations.map(({ operation, path, value }) => ({
        verb: verbs[operation]!,
        path,
        config: ephemeralValue(value),
      }))
      const { enableConfigValidation: validated, loadOnly } = request
      const { answers } = await editEphemeral(management, caller, { instance, validated, loadOnly, operations })
      const response = answers.map(({ status, message }, i) => ({
        operationId: ephConfigOperations[i]!.operationId,
        status: statuses[status],
        message,
      }))
      return { requestId, response }
    },
  }
}

function messageOf(outcome: Outcome): string {
  return outcome.kind === 'done' ? '' : outcome.message
}
