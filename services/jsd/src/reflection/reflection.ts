import {
  createFileRegistry,
  type DescFile,
  type FileRegistry,
  fromBinary,
  type MessageInitShape,
} from '@bufbuild/protobuf'
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt'
import { status } from '@grpc/grpc-js'
import type { Bus } from '@hangar/bus'
import type { JetImplementation, JetService } from '@hangar/daemon'
import { describeFiles } from '@hangar/daemon/jet-schema'
import {
  ServerReflection,
  type ServerReflectionRequest,
  type ServerReflectionResponseSchema,
} from '@hangar/protocol/grpc/reflection/v1/reflection_pb'
import { ServerReflection as AlphaServerReflection } from '@hangar/protocol/grpc/reflection/v1alpha/reflection_pb'
import { Daemon } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import { type Logger, messageOf } from '@hangar/runtime'
import { loginServices } from '../login/login-methods.ts'
import type { RoutingTable } from '../routing/routing-table.ts'

type Answer = MessageInitShape<typeof ServerReflectionResponseSchema>
type Outcome = NonNullable<Answer['messageResponse']>

/** ms that a daemon may take to describe itself. */
const patience = 5000

/** gRPC server reflection: what is served, in the words of the daemons that serve it. */
export class Reflection {
  readonly #options: { bus: Bus; routes: RoutingTable; log: Logger }

  constructor(options: { bus: Bus; routes: RoutingTable; log: Logger }) {
    this.#options = options
  }

  /** The messages of both versions are the same but for their names, which an answer takes from its service. */
  service(version: 'v1' | 'v1alpha'): JetService<typeof ServerReflection> {
    const service = version === 'v1' ? ServerReflection : (AlphaServerReflection as unknown as typeof ServerReflection)
    const implementation: JetImplementation<typeof ServerReflection> = {
      serverReflectionInfo: (requests, { signal }) => this.#answers(requests, signal),
    }
    return { service, implementation }
  }

  async *#answers(requests: AsyncIterable<ServerReflectionRequest>, signal: AbortSignal): AsyncIterable<Answer> {
    // One schema for all questions of a stream, although daemons come and go.
    let schema: FileRegistry[] | undefined
    for await (const request of requests) {
      schema ??= await this.#schema(signal)
      const messageResponse = this.#answer(request.messageRequest, schema)
      yield { validHost: request.host, originalRequest: request, messageResponse }
    }
  }

  #answer({ case: question, value }: ServerReflectionRequest['messageRequest'], schema: FileRegistry[]): Outcome {
    switch (question) {
      case 'listServices': {
        const names = [...loginServices.map(({ typeName }) => typeName), ...this.#options.routes.services().keys()]
        return { case: 'listServicesResponse', value: { service: names.sort().map(name => ({ name })) } }
      }
      case 'fileByFilename':
        return fileAnswer(
          value,
          firstOf(schema, registry => registry.getFile(value)),
        )
      case 'fileContainingSymbol': {
        // A method or a field is looked for in what it is a part of.
        const whole = value.slice(0, Math.max(value.lastIndexOf('.'), 0))
        return fileAnswer(
          value,
          firstOf(schema, registry => (registry.get(value) ?? registry.get(whole))?.file),
        )
      }
      case 'fileContainingExtension':
      case 'allExtensionNumbersOfType':
        return errorAnswer(status.UNIMPLEMENTED, 'JET has no extensions')
      default:
        return errorAnswer(status.INVALID_ARGUMENT, 'the request asks for nothing')
    }
  }

  /** What each daemon says; when two differ, the first that knows a name is right. */
  async #schema(signal: AbortSignal): Promise<FileRegistry[]> {
    const { bus, routes, log } = this.#options
    const schema = [registryOf(describeFiles(loginServices.map(({ file }) => file)))]
    for (const daemon of new Set([...routes.services().values()].flat())) {
      try {
        const { files } = await bus.client(daemon, Daemon).describeJet({}, { signal, timeoutMs: patience })
        schema.push(registryOf(files))
      } catch (error) {
        log.warn({ daemon, error: messageOf(error) }, 'a daemon does not describe what it serves')
      }
    }
    return schema
  }
}

/** Throws when the files do not fit together. */
function registryOf(files: readonly Uint8Array[]): FileRegistry {
  const file = files.map(bytes => fromBinary(FileDescriptorProtoSchema, bytes))
  return createFileRegistry({ $typeName: FileDescriptorSetSchema.typeName, file })
}

function firstOf(schema: FileRegistry[], find: (registry: FileRegistry) => DescFile | undefined): DescFile | undefined {
  for (const registry of schema) {
    const file = find(registry)
    if (file) return file
  }
  return undefined
}

/** The file comes first and then all that it imports, so that clients need not ask again. */
function fileAnswer(what: string, file: DescFile | undefined): Outcome {
  if (!file) return errorAnswer(status.NOT_FOUND, `${what} not found`)
  return { case: 'fileDescriptorResponse', value: { fileDescriptorProto: describeFiles([file]).toReversed() } }
}

function errorAnswer(errorCode: number, errorMessage: string): Outcome {
  return { case: 'errorResponse', value: { errorCode, errorMessage } }
}
