import { user } from '../device.ts'
import { type Program, python } from './program.ts'
import { pythonStubs } from './stubs.ts'

interface Reply<T> {
  code: string
  details?: string
  result?: boolean
  answer?: T
  answers?: T[]
}

/** A Python program with grpcio that calls any RPC; requests and answers are in protobuf's JSON, where what has its default is left out. */
export class RoutingApplication {
  readonly #program: Program

  private constructor(program: Program) {
    this.#program = program
  }

  /** A program with one channel of this client id. */
  static async as(clientId: string, endpoint: string): Promise<RoutingApplication> {
    const app = new RoutingApplication(python('routes.py', [endpoint], { PYTHONPATH: pythonStubs() }))
    await app.open(clientId)
    return app
  }

  async open(clientId: string): Promise<void> {
    const { result } = await this.#do(`open main ${clientId} ${user.name} ${user.password}`)
    if (!result) throw new Error(`${clientId} may not log in`)
  }

  async close(): Promise<void> {
    await this.#do('close main')
  }

  /** The answer; throws "CODE details" for a status that is not OK. */
  async call<T = Record<string, unknown>>(path: string, request: object = {}): Promise<T> {
    return (await this.#do<T>(`unary main ${path} ${JSON.stringify(request)}`)).answer!
  }

  /** All messages of a stream that ends by itself. */
  async collect<T = Record<string, unknown>>(path: string, request: object): Promise<T[]> {
    await this.#do(`stream main collected ${path} ${JSON.stringify(request)}`)
    return (await this.#do<T>('all collected')).answers!
  }

  /** A stream that stays open. */
  async stream<T = Record<string, unknown>>(name: string, path: string, request: object) {
    await this.#do(`stream main ${name} ${path} ${JSON.stringify(request)}`)
    return {
      /** Undefined when it has ended; throws when it failed. */
      next: async (): Promise<T | undefined> => (await this.#do<T>(`next ${name}`)).answer,
      cancel: () => this.#do(`cancel ${name}`),
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program.kill()
  }

  async #do<T>(command: string): Promise<Reply<T>> {
    this.#program.send(command)
    const reply = await this.#program.json<Reply<T>>()
    if (reply.code !== 'OK' && reply.code !== 'END') throw new Error(`${reply.code} ${reply.details}`)
    return reply
  }
}
