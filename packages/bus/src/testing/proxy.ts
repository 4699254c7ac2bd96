import { createConnection, createServer, type Socket } from 'node:net'

/** A TCP proxy on loopback whose connections can be cut, for a client that loses its server while others keep it. */
export interface TcpProxy {
  readonly port: number
  /** Cuts every connection, and refuses new ones until `restore`. */
  cut(): void
  restore(): void
  close(): Promise<void>
}

export function startProxy(target: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let refusing = false
  const server = createServer(client => {
    if (refusing) {
      client.destroy()
      return
    }
    const upstream = createConnection(target, '127.0.0.1')
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from)
      from.setNoDelay(true)
      from.on('error', () => {})
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
      from.pipe(to)
    }
  })
  const cut = () => {
    refusing = true
    for (const socket of sockets) socket.destroy()
  }
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve({
        port: typeof address === 'object' && address ? address.port : 0,
        cut,
        restore: () => {
          refusing = false
        },
        close: () => {
          cut()
          return new Promise(done => server.close(() => done()))
        },
      })
    })
  })
}
