import type { JetImplementation } from '@hangar/daemon'
import type { OutputFormat } from '@hangar/junos-cli'
import { StatusCode } from '@hangar/protocol/jnx_common_base_types_pb'
import { type Management as ManagementApi, OpCommandOutputFormat } from '@hangar/protocol/jnx_management_service_pb'
import type { Management } from './management.ts'
import { opCommand } from './op-command.ts'
import { opMessages } from './op-output.ts'

const formats: Readonly<Record<number, OutputFormat>> = {
  [OpCommandOutputFormat.OP_COMMAND_OUTPUT_JSON]: 'json',
  [OpCommandOutputFormat.OP_COMMAND_OUTPUT_XML]: 'xml',
  [OpCommandOutputFormat.OP_COMMAND_OUTPUT_CLI]: 'text',
}

/** jnx.jet.management.Management: the same in the modern generation, whose every answer carries a status. */
export function managementModern({ operations }: Management): JetImplementation<typeof ManagementApi> {
  return {
    async *opCommandGet({ command, outFormat }, { caller, signal }) {
      const format = formats[outFormat]
      if (format === undefined) {
        yield { status: statusOf(`there is no output format ${outFormat}`) }
        return
      }
      const result = () => opCommand(operations, caller, command, { format, signal })
      for await (const { data, error } of opMessages(result, format)) yield { status: statusOf(error), data }
    },
  }
}

/** Success carries a status too: clients read its code without asking whether there is one. */
function statusOf(error: string | undefined) {
  return { code: error === undefined ? StatusCode.SUCCESS : StatusCode.FAILURE, message: error ?? '' }
}
