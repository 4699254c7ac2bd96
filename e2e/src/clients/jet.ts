import { user } from '../device.ts'
import { type Program, python } from './program.ts'
import { pythonStubs } from './stubs.ts'

/** What a call came to: its status, and what it answered or the text of the error. */
export interface Outcome {
  code: string
  details?: string
  result?: boolean
  has_status?: boolean
  status?: number
  message?: string
}

/** A Python program with grpcio and generated stubs, whose channels are told what to do one by one. */
export class JetApplication {
  readonly #program: Program

  /** `roots`: a file of certificates that its channels trust; without it they are insecure. */
  constructor(endpoint: string, roots?: string) {
    this.#program = python('jet.py', roots ? [endpoint, roots] : [endpoint], { PYTHONPATH: pythonStubs() })
  }

  async do(command: string): Promise<Outcome> {
    this.#program.send(command)
    return this.#program.json()
  }

  /** Opens a channel and logs in on it with the classic API. */
  async session(channel: string, clientId = channel): Promise<Outcome> {
    await this.do(`open ${channel}`)
    return this.login(channel, clientId)
  }

  login(channel: string, clientId: string, password: string = user.password): Promise<Outcome> {
    return this.do(`login ${channel} ${clientId} ${user.name} ${password}`)
  }

  modernLogin(channel: string, clientId: string, password: string = user.password): Promise<Outcome> {
    return this.do(`login2 ${channel} ${clientId} ${user.name} ${password}`)
  }

  /** An empty request to a method that no daemon serves: shows whether the channel is let through. */
  probe(channel: string): Promise<Outcome> {
    return this.do(`call ${channel} /no.such.Service/Method`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program.kill()
  }
}

/** What {@link JetApplication.probe} comes to in a session that is logged in. */
export const letThrough: Outcome = {
  code: 'UNAVAILABLE',
  details: 'JGrpcServer: Unknown RPC /no.such.Service/Method received',
}
