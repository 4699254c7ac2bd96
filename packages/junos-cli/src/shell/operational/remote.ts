import { element, renderXml } from '@hangar/xml'
import type { OutputFormat } from '../../command.ts'
import type { RemoteCommand } from '../../host.ts'
import { until } from '../../output/until.ts'
import { rpcReply } from '../../rpc-reply.ts'
import type { Call, CliCommand } from '../call.ts'
import { bannerOf } from '../editors-text.ts'

/** A command of some daemon, as one of the session's. */
export function remote(command: RemoteCommand): CliCommand {
  const { words, options, permission, rpc } = command.spec
  return {
    words,
    ...(options && { options }),
    permission: permission ?? 'view',
    action: {
      piped: rpc === undefined ? 'text' : 'structured',
      run: call => until(call.signal, run(command, call)),
      droppable: true,
    },
  }
}

async function* run({ spec, run: start }: RemoteCommand, call: Call): AsyncIterable<string> {
  const { display, options, signal, shell } = call
  const format = display.format as OutputFormat
  const banner = shell.editing ? bannerOf(shell.editing.path) : ''
  if (display.rpc) {
    const given = [...options].map(([name, value]) => element(name, value === '' ? [] : value))
    yield rpcReply(renderXml(element('rpc', [element(spec.rpc!, given)])), shell.host.release, banner)
    return
  }
  const pieces = start({ options, format, signal })
  if (format !== 'xml' || display.bare) return yield* pieces
  let inner = ''
  for await (const piece of pieces) inner += piece
  yield rpcReply(inner, shell.host.release, banner)
}
