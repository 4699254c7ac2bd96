import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { endpointOf, listen, listenFault } from './listen.ts'

test('a port is had, or the fault has words', async () => {
  const first = createServer()
  await listen(first, { host: '127.0.0.1', port: 0 })
  const { host, port } = endpointOf(first)
  expect(host).toBe('127.0.0.1')
  const fault = await listen(createServer(), { host, port }).catch(listenFault)
  expect(fault).toBe('address already in use')
  first.close()
})

test('accepts that fail later, however many, end nothing', async () => {
  const server = createServer()
  await listen(server, { host: '127.0.0.1', port: 0 })
  for (let n = 0; n < 3; n++) server.emit('error', Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' }))
  expect(server.listening).toBe(true)
  server.close()
})
