import type { OperationResult, OutputFormat } from '@hangar/junos-cli'
import { escapeText } from '@hangar/xml'
import type { ReadElement } from '@hangar/xml/read'
import { UnknownCommand } from '../operations/operations.ts'
import { refusal, unknownElement } from './fault.ts'
import type { NetconfServices } from './services.ts'
import type { Answer, NetconfClient } from './session.ts'

/** Operational commands: by the element of the RPC, or by their words in `<command>`. */
export async function operational(
  { operations }: NetconfServices,
  asked: ReadElement,
  { visitor, signal }: NetconfClient,
): Promise<Awaited<Answer>> {
  const { format = 'xml' } = asked.attributes
  if (format !== 'xml' && format !== 'text' && format !== 'ascii' && format !== 'json')
    throw refusal(`there is no format '${format}'`, format)
  const wanted = { format: format === 'ascii' ? 'text' : format, signal } as const
  try {
    const result =
      asked.name === 'command'
        ? await operations.byWords(visitor, (asked.text ?? '').trim(), wanted)
        : await operations.byElement(visitor, asked, wanted)
    return written(result, wanted.format)
  } catch (error) {
    throw error instanceof UnknownCommand ? unknownElement(asked.name) : error
  }
}

async function* written({ form, output }: OperationResult, asked: OutputFormat): AsyncGenerator<string> {
  if (form === 'xml') yield* padded(output)
  else if (asked === 'json' && form === 'json') for await (const piece of output) yield escapeText(piece)
  else {
    yield '<output>\n'
    for await (const piece of output) yield escapeText(piece)
    yield '</output>\n'
  }
}

/** A router puts each value on a line of its own; lines come whole. */
async function* padded(output: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of output) {
    const text = rest + piece
    const end = text.lastIndexOf('\n') + 1
    rest = text.slice(end)
    yield text.slice(0, end).replace(/^(\s*<[^<>/][^<>]*>)([^<>\n]+)(<\/[^<>]+>)$/gm, '$1\n$2\n$3')
  }
  yield rest
}
