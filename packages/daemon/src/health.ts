import { createServer } from 'node:http'
import { endpointOf, listen, type Metrics } from '@hangar/runtime'

/** What a probe is told. */
export interface Health {
  /** Whether the daemon does its work. */
  ready(): boolean
  /** What it still waits for, for the person who reads the probe's answer: its boot signals, `BUS` while it is cut off. */
  missing(): readonly string[]
}

/**
 * `GET /health` (200 or 503) and `GET /metrics` (Prometheus text), for containers and people. Resolves with the port.
 */
export async function serveHealth(options: { host: string; port: number; health: Health; metrics: Metrics }) {
  const { health, metrics } = options
  const server = createServer(async (request, response) => {
    if (request.method !== 'GET') return response.writeHead(405, { allow: 'GET' }).end()
    if (request.url === '/health') {
      const ready = health.ready()
      response.writeHead(ready ? 200 : 503, { 'content-type': 'application/json' })
      return response.end(JSON.stringify({ ready, missing: health.missing() }))
    }
    if (request.url === '/metrics') {
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' })
      return response.end(await metrics.text())
    }
    return response.writeHead(404).end()
  })
  await listen(server, { host: options.host, port: options.port })
  server.unref()
  return {
    port: endpointOf(server).port,
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
