import type { OperationResult, OutputFormat } from '@hangar/junos-cli'
import { CommandError } from '@hangar/junos-cli'
import { escapeText } from '@hangar/xml'

/** Characters of a message, about: what is smaller comes in one. */
const messageSize = 64 * 1024

/** One message of an answer: a piece of the output, and what went wrong after it. */
export interface OpMessage {
  readonly data: string
  readonly error?: string
}

/**
 * The output of a command cut into messages: one for a small output, several for a large one, of which no more than one is held
 * at a time. At least one comes, and the last carries the failure if there is one.
 */
export async function* opMessages(
  result: () => Promise<OperationResult>,
  format: OutputFormat,
): AsyncGenerator<OpMessage> {
  let held = ''
  try {
    const { form, output } = await result()
    const { before, after, write } = wrapperOf(form, format)
    held = before
    for await (const piece of output) {
      held += write(piece)
      while (held.length > messageSize) {
        const end = endOfMessage(held)
        yield { data: held.slice(0, end) }
        held = held.slice(end)
      }
    }
    held += after
  } catch (thrown) {
    if (!(thrown instanceof CommandError)) throw thrown
    yield { data: held, error: thrown.message }
    return
  }
  yield { data: held }
}

/** Not between the two halves of a character. */
function endOfMessage(text: string): number {
  const half = (text.charCodeAt(messageSize - 1) & 0xfc00) === 0xd800
  return half ? messageSize - 1 : messageSize
}

interface Wrapper {
  readonly before: string
  readonly after: string
  write(piece: string): string
}

const bare: Wrapper = { before: '', after: '', write: piece => piece }
const element: Wrapper = { before: '<output>\n', after: '</output>\n', write: escapeText }
const member: Wrapper = {
  before: '{\n    "output": [\n        {\n            "data": "',
  after: '"\n        }\n    ]\n}\n',
  write: piece => JSON.stringify(piece).slice(1, -1),
}

/** Text stands in an element `output`, whether it was asked for or is all that there is; in a JSON document where JSON was asked for. */
function wrapperOf(form: OutputFormat, asked: OutputFormat): Wrapper {
  if (form !== 'text') return bare
  return asked === 'json' ? member : element
}
