import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { Client, credentials } from '@grpc/grpc-js'
import { LoginReplySchema, LoginRequestSchema } from '@hangar/protocol/authentication_service_pb'

export interface LoginOptions {
  /** host:port */
  target: string
  user: string
  password: string
  /** What is programmed belongs to this name, unique among live sessions. */
  clientId: string
}

const same = (bytes: Buffer) => bytes

/** A JET session. Requests and answers are bytes: whoever calls knows what they mean. */
export class JetClient {
  readonly #client: Client

  private constructor(client: Client) {
    this.#client = client
  }

  static async login({ target, user, password, clientId }: LoginOptions): Promise<JetClient> {
    const channel = new Client(target, credentials.createInsecure(), {
      // A connection is a session, so that two clients never share one.
      'grpc.use_local_subchannel_pool': 1,
      'grpc.max_receive_message_length': -1,
    })
    const client = new JetClient(channel)
    try {
      const request = create(LoginRequestSchema, { userName: user, password, clientId })
      const answer = await client.call(
        '/authentication.Login/LoginCheck',
        Buffer.from(toBinary(LoginRequestSchema, request)),
      )
      if (!fromBinary(LoginReplySchema, answer).result) throw new Error(`${target}: wrong user or password for ${user}`)
      return client
    } catch (error) {
      channel.close()
      throw error
    }
  }

  call(path: string, request: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) =>
      this.#client.makeUnaryRequest(path, same, same, request, (error, answer) =>
        error ? reject(error) : resolve(answer!),
      ),
    )
  }

  /** Resolves at the end of the answers. */
  stream(path: string, request: Buffer, onAnswer: (answer: Buffer) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const call = this.#client.makeServerStreamRequest(path, same, same, request)
      call.on('data', onAnswer).once('error', reject).once('end', resolve)
    })
  }

  close(): void {
    this.#client.close()
  }
}
