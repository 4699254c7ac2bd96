import { expect, test } from 'vitest'
import { configuredRouting } from '../testing/configured.ts'

const route = 'routing-options static route'

async function start() {
  const device = await configuredRouting()
  device.port('xe-0/0/0', { 0: { index: 70, addresses: ['10.0.0.1/24', '2001:db8::1/64'] } })
  device.port('xe-0/0/1', { 0: { index: 71, addresses: ['10.0.1.1/24'] } })
  return device
}

test('leads to a gateway on a connected subnet, as long as that is up', async () => {
  const { commit, statics, port, kernel, routing } = await start()
  await commit(`${route} 192.0.2.0/24 next-hop 10.0.0.2`)
  expect(statics()).toEqual(['192.0.2.0/24 *Static/5 10.0.0.2 xe-0/0/0.0'])
  expect(kernel.ways('inet.0', '3221225984/24')).toEqual(['xe-0/0/0.0 10.0.0.2'])
  port('xe-0/0/0', { 0: { index: 70, addresses: ['10.0.0.1/24'], up: false } })
  expect(statics()).toEqual(['192.0.2.0/24 -Static/5'])
  await routing.committed()
  expect(kernel.ways('inet.0', '3221225984/24')).toBeUndefined()
  port('xe-0/0/0', { 0: { index: 70, addresses: ['10.0.0.1/24'] } })
  expect(statics()).toEqual(['192.0.2.0/24 *Static/5 10.0.0.2 xe-0/0/0.0'])
})

test('a gateway behind another route counts with resolve alone', async () => {
  const { commit, statics } = await start()
  await commit(`${route} 192.0.2.0/24 next-hop 10.0.0.2`, `${route} 198.51.100.0/24 next-hop 192.0.2.1`)
  expect(statics()[1]).toBe('198.51.100.0/24 -Static/5')
  await commit(`${route} 198.51.100.0/24 resolve`)
  expect(statics()[1]).toBe('198.51.100.0/24 *Static/5 10.0.0.2 xe-0/0/0.0')
  await commit(`routing-options static defaults resolve`, `${route} 198.51.100.0/24 no-resolve`)
  expect(statics()[1]).toBe('198.51.100.0/24 -Static/5')
})

test('several next hops share the load; qualified ones stand by with a preference of their own', async () => {
  const { commit, statics } = await start()
  await commit(
    `${route} 192.0.2.0/24 next-hop [ 10.0.0.2 10.0.1.2 ]`,
    `${route} 192.0.2.0/24 qualified-next-hop 10.0.0.3 preference 7`,
    `${route} 192.0.2.0/24 qualified-next-hop fe80::9 interface xe-0/0/1.0`,
    `${route} 192.0.2.0/24 qualified-next-hop fe80::9 preference 6`,
  )
  const paths = [
    '192.0.2.0/24 *Static/5 10.0.0.2 xe-0/0/0.0, 10.0.1.2 xe-0/0/1.0',
    '192.0.2.0/24 Static/6 fe80::9 xe-0/0/1.0',
    '192.0.2.0/24 Static/7 10.0.0.3 xe-0/0/0.0',
  ]
  expect(statics()).toEqual(paths)
  await commit(`delete ${route} 192.0.2.0/24 qualified-next-hop 10.0.0.3`)
  expect(statics()).toEqual(paths.slice(0, 2))
  await commit(`delete ${route} 192.0.2.0/24`)
  expect(statics()).toEqual([])
})

test.each(['discard', 'reject', 'receive'])('%s', async kind => {
  const { commit, statics } = await start()
  await commit(`${route} 192.0.2.0/24 ${kind}`)
  expect(statics()).toEqual([`192.0.2.0/24 *Static/5 ${kind}`])
})

test('leads out of an interface, with or without its unit', async () => {
  const { commit, statics, port } = await start()
  await commit(`${route} 192.0.2.0/24 next-hop xe-0/0/0`, `${route} 198.51.100.0/24 next-hop xe-0/0/1.0`)
  expect(statics()).toEqual(['192.0.2.0/24 *Static/5 xe-0/0/0.0', '198.51.100.0/24 *Static/5 xe-0/0/1.0'])
  port('xe-0/0/1', { 0: { index: 71, up: false } })
  expect(statics()[1]).toBe('198.51.100.0/24 -Static/5')
})

test('a passive route rejects while its next hop cannot be used', async () => {
  const { commit, statics, port } = await start()
  await commit(`${route} 192.0.2.0/24 next-hop 10.0.1.2`, `${route} 192.0.2.0/24 passive`)
  expect(statics()).toEqual(['192.0.2.0/24 *Static/5 10.0.1.2 xe-0/0/1.0'])
  port('xe-0/0/1', {})
  expect(statics()).toEqual(['192.0.2.0/24 *Static/5 reject'])
})

test('carries what it says, and where it is silent what the defaults say', async () => {
  const { commit, routing } = await start()
  await commit(
    'routing-options static defaults preference 9',
    'routing-options static defaults tag 100',
    'routing-options static defaults no-install',
    'routing-options static defaults community 65000:1',
    `${route} 192.0.2.0/24 discard`,
    `${route} 192.0.2.0/24 metric 4`,
    `${route} 192.0.2.0/24 metric2 5`,
    `${route} 192.0.2.0/24 tag 7`,
    `${route} 192.0.2.0/24 tag2 8`,
    `${route} 192.0.2.0/24 color 1`,
    `${route} 192.0.2.0/24 color2 2`,
    `${route} 192.0.2.0/24 preference2 3`,
    `${route} 192.0.2.0/24 install`,
    `${route} 192.0.2.0/24 no-readvertise`,
    `${route} 192.0.2.0/24 community [ 65000:2 no-export ]`,
    `${route} 198.51.100.0/24 discard`,
  )
  const table = routing.rib.table('inet.0')!
  const values = (address: number) => table.attributes(table.find(address, 0, 0, 0, 24)).values
  expect(values(0xc0000200)).toEqual({
    preference: 9,
    preference2: 3,
    metric: 4,
    metric2: 5,
    tag: 7,
    tag2: 8,
    color: 1,
    color2: 2,
    noInstall: false,
    noReadvertise: true,
    communities: ['65000:2', 'no-export'],
  })
  expect(values(0xc6336400)).toMatchObject({ preference: 9, preference2: 0, tag: 100, noInstall: true })
  expect(values(0xc6336400).communities).toEqual(['65000:1'])
  await commit('delete routing-options static defaults')
  expect(values(0xc6336400)).toMatchObject({ preference: 5, noInstall: false })
})

test('a commit touches the routes that it changed alone', async () => {
  const { commit, routing, clock } = await start()
  await commit(`${route} 192.0.2.0/24 discard`, `${route} 198.51.100.0/24 discard`)
  await clock.advance(10_000)
  const changed: number[] = []
  routing.rib.listen({
    changed: ({ routes }) => changed.push(...routes.flatMap(({ touched }) => [...touched.words])),
  })
  await commit(`${route} 198.51.100.0/24 tag 5`)
  await commit('routing-options router-id 10.1.1.1')
  expect(changed).toEqual([0xc6336400])
})

test('stands in the table that is named, and beside the one of the same table', async () => {
  const { commit, statics } = await start()
  await commit(
    'routing-options rib inet6.0 static route 2001:db8:1::/48 next-hop 2001:db8::2',
    'routing-options rib inet.3 static route 192.0.2.1/32 next-hop 10.0.0.2',
    'routing-options rib inet.2 static route 0/0 reject',
    'routing-options rib inet.0 static route 192.0.2.0/24 reject',
    `${route} 192.0.2.0/24 discard`,
  )
  expect(statics('inet6.0')).toEqual(['2001:db8:1::/48 *Static/5 2001:db8::2 xe-0/0/0.0'])
  expect(statics('inet.3')).toEqual(['192.0.2.1/32 *Static/5 10.0.0.2 xe-0/0/0.0'])
  expect(statics('inet.2')).toEqual(['0.0.0.0/0 *Static/5 reject'])
  expect(statics()).toHaveLength(2)
  await commit(`delete ${route} 192.0.2.0/24`)
  expect(statics()).toEqual(['192.0.2.0/24 *Static/5 reject'])
})
