import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js'

const same = (bytes: Buffer) => bytes

/** A grpc-js server that says yes to every login and every route, and does nothing. What it takes is what the client and grpc-js take. */
export const emptyJobs = {
  async emptyServer(): Promise<number> {
    const server = new Server()
    const method = (path: string) => ({
      path,
      requestStream: false,
      responseStream: false,
      requestSerialize: same,
      requestDeserialize: same,
      responseSerialize: same,
      responseDeserialize: same,
    })
    const answer = (bytes: Buffer) => (_: ServerUnaryCall<Buffer, Buffer>, done: sendUnaryData<Buffer>) =>
      done(null, bytes)
    server.addService(
      {
        login: method('/authentication.Login/LoginCheck'),
        add: method('/routing.Rib/RouteAdd'),
        remove: method('/routing.Rib/RouteRemove'),
      },
      { login: answer(Buffer.from([8, 1])), add: answer(Buffer.alloc(0)), remove: answer(Buffer.alloc(0)) },
    )
    return new Promise((resolve, reject) =>
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      ),
    )
  },
}
