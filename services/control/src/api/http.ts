import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { ServiceImpl } from '@connectrpc/connect'
import { Control } from '@hangar/protocol/hangar/control/v1/control_pb'
import { endpointOf, HangarError, listen, messageOf } from '@hangar/runtime'
import type { Readiness } from '../readiness/boot.ts'

/** A request's body may be this long, in bytes: the longest that the API has is a name and a flag. */
const LONGEST_BODY = 64 * 1024

/**
 * JSON over HTTP: Connect's routes (`POST /hangar.control.v1.Control/SetInterfaceLink`), and `GET /ready` for probes (200 or 503).
 * Resolves when it listens. Where it cannot is HGR_PORT_IN_USE.
 */
export async function serveControl(options: {
  host: string
  port: number
  service: ServiceImpl<typeof Control>
  readiness(): Readiness
}): Promise<{ host: string; port: number; close(): Promise<void> }> {
  let routes: RequestListener | undefined
  const connectRoutes = async () => {
    // Connect's HTTP side takes longer to load than the device may take to start, and the first answers don't need it.
    const { connectNodeAdapter } = await import('@connectrpc/connect-node')
    routes ??= connectNodeAdapter({
      routes: router => router.service(Control, options.service),
      readMaxBytes: LONGEST_BODY,
    })
    return routes
  }
  const onRequest = async (request: IncomingMessage, response: ServerResponse) => {
    try {
      if (request.method === 'GET' && request.url === '/ready') return answerReadiness(response, options.readiness())
      ;(await connectRoutes())(request, response)
    } catch (error) {
      if (!response.headersSent) response.writeHead(500)
      response.end(messageOf(error))
    }
  }
  const server = createServer(onRequest)
  try {
    await listen(server, { host: options.host, port: options.port })
  } catch (error) {
    const inUse = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
    const why = inUse ? `port ${options.port} is in use` : messageOf(error)
    throw new HangarError('HGR_PORT_IN_USE', `control: ${why}`, { cause: error })
  }
  return {
    host: options.host,
    port: endpointOf(server).port,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function answerReadiness(response: ServerResponse, readiness: Readiness): void {
  response.writeHead(readiness.ready ? 200 : 503, { 'content-type': 'application/json' })
  response.end(`${JSON.stringify(readiness)}\n`)
}
