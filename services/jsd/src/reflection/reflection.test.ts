import { create, createFileRegistry, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt'
import { Metadata, status } from '@grpc/grpc-js'
import { defineDaemon, startDaemon } from '@hangar/daemon'
import {
  type ServerReflectionRequest,
  ServerReflectionRequestSchema,
  ServerReflectionResponseSchema,
} from '@hangar/protocol/grpc/reflection/v1/reflection_pb'
import { seededRandom, silentLogger } from '@hangar/runtime'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clearText, type Device, startDevice } from '../testing/device.ts'
import { failure, type JetClient } from '../testing/jet-client.ts'

type Question = NonNullable<MessageInitShape<typeof ServerReflectionRequestSchema>['messageRequest']>

describe.each(['v1', 'v1alpha'])('server reflection %s', version => {
  let device: Device
  let client: JetClient
  let loads: number

  /** What one stream answers to the questions. */
  async function ask(...questions: Question[]) {
    const call = client.bidi(`/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`)
    for (const messageRequest of questions) {
      const request = create(ServerReflectionRequestSchema, { host: 'device', messageRequest })
      call.write(Buffer.from(toBinary(ServerReflectionRequestSchema, request)))
    }
    call.end()
    const answers = []
    for await (const bytes of call) answers.push(fromBinary(ServerReflectionResponseSchema, bytes))
    return answers
  }

  async function filesOf(question: Question) {
    const [answer] = await ask(question)
    if (answer?.messageResponse.case !== 'fileDescriptorResponse') return undefined
    return answer.messageResponse.value.fileDescriptorProto.map(bytes => fromBinary(FileDescriptorProtoSchema, bytes))
  }

  const fault = async (question: ServerReflectionRequest['messageRequest'] | Question) => {
    const [answer] = await ask(question as Question)
    return answer?.messageResponse.case === 'errorResponse' ? answer.messageResponse.value.errorCode : undefined
  }

  beforeEach(async () => {
    device = await startDevice()
    await device.commit(clearText())
    loads = 0
    const rpd = defineDaemon({
      name: 'rpd',
      title: 'Routing process',
      start: host =>
        host.serveJetLater('routing.Rib', async () => {
          loads++
          const { Rib } = await import('@hangar/protocol/rib_service_pb')
          return { service: Rib, implementation: {} }
        }),
    })
    const bus = device.connect('rpd')
    const environment = { clock: device.clock, random: seededRandom(3), log: silentLogger, bus }
    await startDaemon(rpd, { ...environment, listenHost: '127.0.0.1' }, undefined)
    client = await device.loggedIn('app')
  })
  afterEach(() => device.stop())

  it('lists what is served, login and itself too', async () => {
    const [answer] = await ask({ case: 'listServices', value: '' })
    expect(answer).toMatchObject({ validHost: 'device', originalRequest: { messageRequest: { case: 'listServices' } } })
    expect(answer?.messageResponse.value).toMatchObject({
      service: [
        'authentication.Login',
        'grpc.reflection.v1.ServerReflection',
        'grpc.reflection.v1alpha.ServerReflection',
        'jnx.jet.authentication.Authentication',
        'routing.Rib',
      ].map(name => ({ name })),
    })
  })

  it('describes a service whole, from the daemon that serves it, asked the first time', async () => {
    expect(loads).toBe(0)
    const files = await filesOf({ case: 'fileContainingSymbol', value: 'routing.Rib' })
    expect(files?.[0]?.name).toBe('rib_service.proto')
    const registry = createFileRegistry(create(FileDescriptorSetSchema, { file: files!.toReversed() }))
    expect(registry.getService('routing.Rib')?.methods.map(({ name }) => name)).toContain('RouteGet')
    await filesOf({ case: 'fileContainingSymbol', value: 'routing.Rib' })
    expect(loads).toBe(1)
  })

  it('finds methods, messages and files, those of login among them', async () => {
    const fileOf = async (value: string) => (await filesOf({ case: 'fileContainingSymbol', value }))?.[0]?.name
    expect(await fileOf('routing.Rib.RouteAdd')).toBe('rib_service.proto')
    expect(await fileOf('routing.RouteMatchFields')).toBe('rib_service.proto')
    expect(await fileOf('authentication.LoginRequest')).toBe('authentication_service.proto')
    const files = await filesOf({ case: 'fileByFilename', value: 'rib_service.proto' })
    expect(files?.[0]?.name).toBe('rib_service.proto')
  })

  it('answers what it cannot in band, and the stream goes on', async () => {
    expect(await fault({ case: 'fileContainingSymbol', value: 'routing.Nothing' })).toBe(status.NOT_FOUND)
    expect(await fault({ case: 'fileContainingSymbol', value: '' })).toBe(status.NOT_FOUND)
    expect(await fault({ case: 'fileByFilename', value: 'nothing.proto' })).toBe(status.NOT_FOUND)
    expect(await fault({ case: 'allExtensionNumbersOfType', value: 'routing.RouteEntry' })).toBe(status.UNIMPLEMENTED)
    expect(await fault({ case: undefined })).toBe(status.INVALID_ARGUMENT)
    const answers = await ask({ case: 'fileByFilename', value: 'nothing.proto' }, { case: 'listServices', value: '' })
    expect(answers.map(({ messageResponse }) => messageResponse.case)).toEqual([
      'errorResponse',
      'listServicesResponse',
    ])
  })

  it('leaves out a daemon that describes nothing', async () => {
    await device.serve('otherd', [{ name: 'Call' }], {})
    expect(await fault({ case: 'fileContainingSymbol', value: 'test.Jet' })).toBe(status.NOT_FOUND)
    expect(await filesOf({ case: 'fileContainingSymbol', value: 'routing.Rib' })).toBeDefined()
  })

  it('needs a login, as any call does', async () => {
    client = device.client()
    expect(await failure(ask({ case: 'listServices', value: '' }))).toMatchObject({ details: 'Authorization failed' })
    const metadata = new Metadata()
    metadata.set('username', 'lab')
    metadata.set('password', 'lab123')
    const path = `/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`
    const call = client.client.makeBidiStreamRequest(
      path,
      (bytes: Buffer) => bytes,
      bytes => bytes,
      metadata,
    )
    const request = create(ServerReflectionRequestSchema, { messageRequest: { case: 'listServices', value: '' } })
    call.end(Buffer.from(toBinary(ServerReflectionRequestSchema, request)))
    for await (const bytes of call) expect(bytes.length).toBeGreaterThan(50)
  })
})
