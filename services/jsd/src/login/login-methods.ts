import { create, type DescService, fromBinary, toBinary } from '@bufbuild/protobuf'
import * as classic from '@hangar/protocol/authentication_service_pb'
import * as modern from '@hangar/protocol/jnx_authentication_service_pb'
import { StatusCode } from '@hangar/protocol/jnx_common_base_types_pb'
import { asBuffer } from '../transport/as-buffer.ts'
import type { Credentials } from './credentials.ts'

/** One generation of the login call: how it asks and how it answers. */
export interface LoginMethod {
  /** Throws for bytes that are not its request. */
  read(request: Uint8Array): Credentials
  readonly accepted: Buffer
  readonly rejected: Buffer
}

/** By path. A wrong password is an answer in both generations, never a gRPC error. */
export const loginMethods: ReadonlyMap<string, LoginMethod> = new Map([
  [
    '/authentication.Login/LoginCheck',
    {
      read(request) {
        const { userName, password, clientId } = fromBinary(classic.LoginRequestSchema, request)
        return { user: userName, password, clientId }
      },
      accepted: asBuffer(toBinary(classic.LoginReplySchema, create(classic.LoginReplySchema, { result: true }))),
      rejected: asBuffer(toBinary(classic.LoginReplySchema, create(classic.LoginReplySchema, { result: false }))),
    },
  ],
  [
    '/jnx.jet.authentication.Authentication/Login',
    {
      read(request) {
        const { username, password, clientId } = fromBinary(modern.LoginRequestSchema, request)
        return { user: username, password, clientId }
      },
      // The status is there also for success, where all its fields are defaults: clients read it without a check.
      accepted: modernAnswer(StatusCode.SUCCESS, ''),
      rejected: modernAnswer(StatusCode.FAILURE, 'Authentication failed'),
    },
  ],
])

/** The services of these methods. */
export const loginServices: readonly DescService[] = [classic.Login, modern.Authentication]

function modernAnswer(code: StatusCode, message: string): Buffer {
  const { LoginResponseSchema } = modern
  return asBuffer(toBinary(LoginResponseSchema, create(LoginResponseSchema, { status: { code, message } })))
}
