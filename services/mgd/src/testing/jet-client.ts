import {
  create,
  type DescMethod,
  type DescService,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf'
import { Jet } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import type { TestDevice } from './device.ts'

type Methods<S extends DescService> = {
  [K in keyof S['method']]: S['method'][K]['methodKind'] extends 'server_streaming'
    ? (request: MessageInitShape<S['method'][K]['input']>) => Promise<MessageShape<S['method'][K]['output']>[]>
    : (request: MessageInitShape<S['method'][K]['input']>) => Promise<MessageShape<S['method'][K]['output']>>
}

let clients = 0

/** A JET program as mgd sees it: what jsd hands through. A method that streams gives all of its messages. */
export function jetClient<S extends DescService>(
  device: TestDevice,
  service: S,
  { user = 'lab', loginClass = 'super-user' } = {},
): Methods<S> {
  const jet = device.bus(`app${++clients}`).client('mgd', Jet)
  const caller = { session: 's1', clientId: 'app', user, loginClass, peer: 'ipv4:127.0.0.1:50000' }
  const call = (method: DescMethod) => async (given: never) => {
    const path = `/${service.typeName}/${method.name}`
    const request = toBinary(method.input, create(method.input, given))
    if (method.methodKind === 'unary')
      return fromBinary(method.output, (await jet.invoke({ path, caller, request })).response)
    const answers = []
    async function* requests() {
      yield { path, caller, request }
    }
    for await (const { response } of jet.stream(requests())) answers.push(fromBinary(method.output, response))
    return answers
  }
  return Object.fromEntries(service.methods.map(method => [method.localName, call(method)])) as unknown as Methods<S>
}
