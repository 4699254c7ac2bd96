import type { JetImplementation } from '@hangar/daemon'
import type { OutputFormat } from '@hangar/junos-cli'
import { StatusCode } from '@hangar/protocol/jnx_common_base_types_pb'
import {
  ConfigGetOutputFormat,
  ConfigLoadType,
  ConfigOperationType,
  type Management as ManagementApi,
  OpCommandOutputFormat,
} from '@hangar/protocol/jnx_management_service_pb'
import { commitConfiguration } from './commit-configuration.ts'
import { editEphemeral, readEphemeral } from './ephemeral.ts'
import { ephemeralValue, givenConfiguration } from './given.ts'
import { type LoadType, loadConfiguration } from './load-configuration.ts'
import type { Management } from './management.ts'
import { opCommand } from './op-command.ts'
import { opMessages } from './op-output.ts'

const formats: Readonly<Record<number, OutputFormat>> = {
  [OpCommandOutputFormat.OP_COMMAND_OUTPUT_JSON]: 'json',
  [OpCommandOutputFormat.OP_COMMAND_OUTPUT_XML]: 'xml',
  [OpCommandOutputFormat.OP_COMMAND_OUTPUT_CLI]: 'text',
}

const encodings: Readonly<Record<number, 'xml' | 'json'>> = {
  [ConfigGetOutputFormat.CONFIG_GET_OUTPUT_JSON]: 'json',
  [ConfigGetOutputFormat.CONFIG_GET_OUTPUT_XML]: 'xml',
}

const loadTypes: Readonly<Record<number, LoadType>> = {
  [ConfigLoadType.CONFIG_LOAD_MERGE]: 'merge',
  [ConfigLoadType.CONFIG_LOAD_REPLACE]: 'replace',
  [ConfigLoadType.CONFIG_LOAD_OVERRIDE]: 'override',
  [ConfigLoadType.CONFIG_LOAD_UPDATE]: 'update',
  [ConfigLoadType.CONFIG_LOAD_SET]: 'set',
}

/** jnx.jet.management.Management: the same in the modern generation, whose every answer carries a status. */
export function managementModern(management: Management): JetImplementation<typeof ManagementApi> {
  return {
    async *opCommandGet({ command, outFormat }, { caller, signal }) {
      const format = formats[outFormat]
      if (format === undefined) {
        yield { status: statusOf(`there is no output format ${outFormat}`) }
        return
      }
      const result = () => opCommand(management.operations, caller, command, { format, signal })
      for await (const { data, error } of opMessages(result, format)) yield { status: statusOf(error), data }
    },

    async configSet({ config, loadType, commit }, { caller }) {
      const type = loadTypes[loadType]
      if (!type) return { status: statusOf(`there is no load type ${loadType}`) }
      const given = givenConfiguration(config, type)
      if ('fault' in given) return { status: statusOf(given.message) }
      const outcome = await commitConfiguration(management, caller, tree => loadConfiguration(tree, given, type), {
        what: `load ${type}`,
        comment: commit?.comment ?? '',
      })
      return { status: statusOf(outcome.kind === 'done' ? undefined : outcome.message) }
    },

    ephemeralConfigGet({ encoding, configRequests, instanceName: instance }, { caller }) {
      const format = encodings[encoding]
      if (!format) return { status: statusOf(`there is no encoding ${encoding}`) }
      const paths = configRequests.map(one => one.path)
      const answers = readEphemeral(management, caller, { instance, merged: false, format, paths })
      const configResponses = answers.map(({ status, message, value }, i) => ({
        status: statusOf(status === 'done' ? undefined : message),
        id: configRequests[i]!.id,
        path: configRequests[i]!.path,
        value,
      }))
      const failure = answers.find(one => one.status !== 'done')?.message
      return { status: statusOf(failure), configResponses }
    },

    async ephemeralConfigSet(request, { caller }) {
      const { configOperations, instanceName: instance, validateConfig: validated, loadOnly } = request
      const fault = configOperations.map(faultOf).find(message => message !== undefined)
      if (fault !== undefined) {
        const operationResponses = configOperations.map(one => ({
          status: statusOf(faultOf(one) ?? 'nothing was done'),
          id: one.id,
        }))
        return { status: statusOf(fault), operationResponses }
      }
      const operations = configOperations.map(({ path, value }) => ({
        verb: 'update' as const,
        path,
        config: ephemeralValue(value),
      }))
      const { answers, fault: failure } = await editEphemeral(management, caller, {
        instance,
        validated,
        loadOnly,
        operations,
      })
      const operationResponses = answers.map(({ status, message }, i) => ({
        status: statusOf(status === 'done' ? undefined : message),
        id: configOperations[i]!.id,
      }))
      return { status: statusOf(failure), operationResponses }
    },
  }
}

/** Of this generation, update at the top is all that there is. */
function faultOf({ operation, path }: { operation: number; path: string }): string | undefined {
  if (operation !== ConfigOperationType.CONFIG_OPERATION_UPDATE) return `there is no operation ${operation}`
  return path === '/' ? undefined : `the path has to be /, not '${path.slice(0, 64)}'`
}

/** Success carries a status too: clients read its code without asking whether there is one. */
function statusOf(error: string | undefined) {
  return { code: error === undefined ? StatusCode.SUCCESS : StatusCode.FAILURE, message: error ?? '' }
}
