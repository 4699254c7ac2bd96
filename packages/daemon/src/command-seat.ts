import { CommandError, type OperationalCommand, renderJson } from '@hangar/junos-cli'
import { RunCommandRequest_Format as Format, type RunCommandRequest } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import { renderXml } from '@hangar/xml'
import { commandToMessage } from './command-message.ts'

/** The operational commands that one daemon contributes, and how they are run for others. */
export class CommandSeat {
  readonly #commands = new Map<string, OperationalCommand>()

  add(command: OperationalCommand): void {
    this.#commands.set(command.words.map(word => word.name).join(' '), command)
  }

  announcement() {
    return [...this.#commands.values()].map(commandToMessage)
  }

  async *run(request: RunCommandRequest) {
    const command = this.#commands.get(request.command)
    if (!command) {
      yield { error: 'unknown command.' }
      return
    }
    try {
      const invocation = {
        options: new Map(Object.entries(request.options)),
        user: request.user,
        loginClass: request.loginClass,
      }
      if (command.stream && request.format !== Format.XML && request.format !== Format.JSON) {
        for await (const part of command.stream(invocation)) yield { output: part }
        return
      }
      const data = await command.run(invocation)
      const output =
        request.format === Format.XML
          ? renderXml(data)
          : request.format === Format.JSON
            ? renderJson(data)
            : command.text(data, invocation)
      for (const part of chunks(output)) yield { output: part }
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      yield { error: error.message }
    }
  }
}

const CHUNK = 64 * 1024

function* chunks(text: string): Iterable<string> {
  for (let start = 0; start < text.length; start += CHUNK) yield text.slice(start, start + CHUNK)
}
