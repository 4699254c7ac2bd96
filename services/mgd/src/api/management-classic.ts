import type { JetImplementation } from '@hangar/daemon'
import type { OutputFormat } from '@hangar/junos-cli'
import {
  type ManagementRpcApi,
  OperationFormatType,
  JunosRpcResponseTypes as Status,
} from '@hangar/protocol/management_service_pb'
import type { Management } from './management.ts'
import { opCommand } from './op-command.ts'
import { opMessages } from './op-output.ts'

const formats: Readonly<Record<number, OutputFormat>> = {
  [OperationFormatType.OPERATION_FORMAT_JSON]: 'json',
  [OperationFormatType.OPERATION_FORMAT_XML]: 'xml',
  [OperationFormatType.OPERATION_FORMAT_CLI]: 'text',
}

/** management.ManagementRpcApi: status is in-band, and every message repeats the request's id. */
export function managementClassic({ operations }: Management): JetImplementation<typeof ManagementRpcApi> {
  return {
    async *executeOpCommand({ requestId, command, outFormat }, { caller, signal }) {
      const format = formats[outFormat]
      if (format === undefined) {
        const message = `there is no output format ${outFormat}`
        yield { requestId, status: Status.UNSUPPORTED_ENCODING, message }
        return
      }
      const result = () => opCommand(operations, caller, command, { format, signal })
      for await (const { data, error } of opMessages(result, format)) {
        const failed = error !== undefined
        yield { requestId, data, status: failed ? Status.NOK : Status.SUCCESS, message: error ?? '' }
      }
    },
  }
}
