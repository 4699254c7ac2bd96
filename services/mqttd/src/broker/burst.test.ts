import { expect, it } from 'vitest'
import { testBroker } from '../testing/device-broker.ts'
import { RawClient } from '../testing/raw-client.ts'

it('outlives a subscriber that leaves within a burst', async () => {
  await using it = await testBroker()
  const reader = await RawClient.session(it.port)
  await reader.subscribe('/burst', 1)
  const publisher = await RawClient.session(it.port)
  const burst = { cmd: 'publish' as const, topic: '/burst', payload: '', qos: 1 as const, dup: false, retain: false }
  publisher.send(...Array.from({ length: 10_000 }, (_, i) => ({ ...burst, messageId: i + 1 })))
  await reader.next('publish')
  reader.close()
  await publisher.roundTrip()
  const late = await RawClient.session(it.port)
  await late.subscribe('/late')
  late.publish('/late', 'x')
  expect((await late.next('publish')).topic).toBe('/late')
})
