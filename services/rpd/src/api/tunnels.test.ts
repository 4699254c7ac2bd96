import { create, type MessageInitShape } from '@bufbuild/protobuf'
import {
  FlexibleTunnelProfileSchema,
  type FlexibleTunnelProfile as Profile,
  TunnelActionType,
} from '@hangar/protocol/flexible_tunnel_profile_pb'
import {
  FlexibleTunnelAddResponse_StatusCode as AddCode,
  FlexibleTunnelDeleteResponse_StatusCode as DeleteCode,
  FlexibleTunnelGetResponse_StatusCode as GetCode,
  FlexibleTunnelUpdateResponse_StatusCode as UpdateCode,
} from '@hangar/protocol/flexible_tunnel_service_pb'
import { StatusCode as Code } from '@hangar/protocol/jnx_base_types_pb'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Routing } from '../routing.ts'
import { jetCall } from '../testing/jet-call.ts'
import { testRouting } from '../testing/routing.ts'
import { tunnelsClassic } from './tunnels-classic.ts'
import { modernProfile, tunnelsModern } from './tunnels-modern.ts'

const inet = (value: string) => ({
  Af: { case: 'inet' as const, value: { AddrFormat: { case: 'addrString' as const, value } } },
})
type Vxlan = { vni?: number; [field: string]: unknown }
const vxlan = (name: string, attributes: Vxlan = {}, more: object = {}): Profile =>
  create(FlexibleTunnelProfileSchema, {
    name,
    interfaceName: 'fti0.0',
    attributes: {
      tunnelAttributesType: {
        case: 'vxlan',
        value: {
          vni: 100,
          flags: 8,
          sourcePrefix: inet('192.0.2.0'),
          sourcePrefixLen: 24,
          destinationAddress: inet('198.51.100.1'),
          destinationUdpPort: 4789,
          ...attributes,
        },
      },
    },
    ...more,
  } as MessageInitShape<typeof FlexibleTunnelProfileSchema>)

/** Answers of both generations in one shape. */
interface Answer {
  ok: boolean
  code: number
  completed: number
}
const generations = {
  classic(routing: Routing) {
    const service = tunnelsClassic(routing)
    const read = (answer: { code?: number; subCode?: number; operationsCompleted?: number }): Answer => ({
      ok: answer.code === Code.SUCCESS,
      code: answer.subCode ?? 0,
      completed: answer.operationsCompleted ?? 0,
    })
    return {
      add: async (client: string, ...profiles: Profile[]) =>
        read(await service.flexibleTunnelAdd!({ tunnelProfiles: profiles } as never, jetCall(client))),
      update: async (client: string, ...profiles: Profile[]) =>
        read(await service.flexibleTunnelUpdate!({ tunnelProfiles: profiles } as never, jetCall(client))),
      delete: async (client: string, ...names: string[]) =>
        read(await service.flexibleTunnelDelete!({ tunnelProfileNames: names } as never, jetCall(client))),
      async get(name: string) {
        const answer = await service.flexibleTunnelGet!({ tunnelProfileName: name } as never, jetCall('reader'))
        return { ...read(answer), profile: answer.tunnelProfile }
      },
    }
  },
  modern(routing: Routing) {
    const service = tunnelsModern(routing)
    const read = (answer: {
      status?: { code?: number } | undefined
      subCode?: number
      operationsCompleted?: number
    }): Answer => ({
      ok: answer.status?.code === Code.SUCCESS,
      code: answer.subCode ?? 0,
      completed: answer.operationsCompleted ?? 0,
    })
    const messages = (profiles: Profile[]) => ({ tunnelProfiles: profiles.map(modernProfile) }) as never
    return {
      add: async (client: string, ...profiles: Profile[]) =>
        read(await service.flexibleTunnelAdd!(messages(profiles), jetCall(client))),
      update: async (client: string, ...profiles: Profile[]) =>
        read(await service.flexibleTunnelUpdate!(messages(profiles), jetCall(client))),
      delete: async (client: string, ...names: string[]) =>
        read(await service.flexibleTunnelDelete!({ tunnelProfileNames: names } as never, jetCall(client))),
      async get(name: string) {
        const answer = await service.flexibleTunnelGet!({ tunnelProfileName: name } as never, jetCall('reader'))
        return { ...read(answer), profile: answer.tunnelProfile }
      },
    }
  },
}

describe.each(Object.entries(generations))('%s tunnel profiles', (generation, serve) => {
  const start = async () => {
    const test = await testRouting()
    return { ...test, tunnels: serve(test.routing) }
  }

  test('are added once, read by name, replaced and deleted', async () => {
    const { tunnels } = await start()
    expect(await tunnels.add('a', vxlan('t1'), vxlan('t2', { vni: 2 }))).toEqual({ ok: true, code: 0, completed: 2 })
    const { profile } = await tunnels.get('t2')
    expect(profile).toMatchObject({ name: 't2', interfaceName: 'fti0.0' })
    expect(profile!.attributes!.tunnelAttributesType!.value).toMatchObject({
      vni: 2,
      flags: 8,
      destinationUdpPort: 4789,
    })
    expect(await tunnels.update('a', vxlan('t2', { vni: 3 }))).toMatchObject({ ok: true, completed: 1 })
    expect((await tunnels.get('t2')).profile!.attributes!.tunnelAttributesType!.value).toMatchObject({ vni: 3 })
    expect(await tunnels.delete('a', 't1', 't2')).toEqual({ ok: true, code: 0, completed: 2 })
    expect(await tunnels.get('t1')).toMatchObject({ ok: false, code: GetCode.NOT_FOUND })
  })

  test('of one name, or with the same attributes, exist once', async () => {
    const { tunnels } = await start()
    await tunnels.add('a', vxlan('t1'))
    const exists = { ok: false, code: AddCode.ALREADY_EXISTS, completed: 0 }
    expect(await tunnels.add('a', vxlan('t1', { vni: 5 }))).toEqual(exists)
    expect(await tunnels.add('b', vxlan('t2'))).toEqual(exists)
    expect(await tunnels.update('b', vxlan('t2'))).toMatchObject({ ok: false, code: UpdateCode.ALREADY_EXISTS })
    expect(await tunnels.update('b', vxlan('t1', { vni: 6 }))).toMatchObject({ code: UpdateCode.ALREADY_EXISTS })
    expect(await tunnels.delete('b', 't1')).toMatchObject({ ok: false, code: DeleteCode.NOT_FOUND })
    expect((await tunnels.get('t1')).profile!.attributes!.tunnelAttributesType!.value).toMatchObject({ vni: 100 })
  })

  test('are done in order up to the first error', async () => {
    const { tunnels } = await start()
    const answer = await tunnels.add('a', vxlan('t1'), vxlan('t1', { vni: 2 }), vxlan('t3', { vni: 3 }))
    expect(answer).toEqual({ ok: false, code: AddCode.ALREADY_EXISTS, completed: 1 })
    expect((await tunnels.get('t3')).ok).toBe(false)
    expect(await tunnels.delete('a', 't1', 'absent', 'x')).toEqual({
      ok: false,
      code: DeleteCode.NOT_FOUND,
      completed: 1,
    })
  })

  test('come up to 1000 at a time', async () => {
    const { tunnels } = await start()
    const many = Array.from({ length: 1001 }, (_, i) => vxlan(`t${i}`, { vni: i }))
    expect(await tunnels.add('a', ...many)).toEqual({ ok: false, code: AddCode.TOO_MANY_OPS, completed: 0 })
    expect(await tunnels.update('a', ...many)).toEqual({ ok: false, code: UpdateCode.TOO_MANY_OPS, completed: 0 })
    expect(await tunnels.add('a', ...many.slice(1))).toEqual({ ok: true, code: 0, completed: 1000 })
    const names = many.map(({ name }) => name)
    expect(await tunnels.delete('a', ...names)).toEqual({ ok: false, code: DeleteCode.TOO_MANY_OPS, completed: 0 })
    expect(await tunnels.add('a')).toEqual({ ok: true, code: 0, completed: 0 })
  })

  test.each<[string, Vxlan, object]>([
    ['a VNI of 25 bits', { vni: 0x1000000 }, {}],
    ['a port beyond 65535', { destinationUdpPort: 65536 }, {}],
    ['ports in the wrong order', { sourceUdpPortRange: { min: 2, max: 1 } }, {}],
    ['no destination', { destinationAddress: undefined }, {}],
    ['no source', { sourcePrefix: undefined, sourcePrefixLen: 0 }, {}],
    ['text for an address', { destinationAddress: inet('nowhere') }, {}],
    ['an IPv6 address called inet', { destinationAddress: inet('2001:db8::1') }, {}],
    ['a prefix length of 33', { sourcePrefixLen: 33 }, {}],
    ['bits beyond the prefix length', { sourcePrefix: inet('192.0.2.1') }, {}],
    ['flags of 9 bits', { flags: 256 }, {}],
    ['a MAC of 5 bytes', { sourceMac: { AddrFormat: { case: 'addrString', value: '00:00:5e:00:53' } } }, {}],
    ['no attributes', {}, { attributes: undefined }],
    ['another interface', {}, { interfaceName: 'xe-0/0/0.0' }],
  ])('with %s are refused', async (_, attributes, more) => {
    const { tunnels } = await start()
    expect(await tunnels.add('a', vxlan('t', attributes, more))).toMatchObject({ code: AddCode.INVALID_TUNNEL_PROFILE })
    expect(await tunnels.update('a', vxlan('t', attributes, more))).toMatchObject({
      ok: false,
      code: UpdateCode.INVALID_TUNNEL_PROFILE,
    })
  })

  test.each(['', 'x'.repeat(65), 'x'.repeat(65_536), 'a b', 'a\u0000'])('do not have a name like %j', async name => {
    const { tunnels } = await start()
    expect(await tunnels.add('a', vxlan(name))).toMatchObject({ ok: false, code: AddCode.INVALID_PROFILE_NAME })
    expect(await tunnels.update('a', vxlan(name))).toMatchObject({ ok: false, code: UpdateCode.INVALID_PROFILE_NAME })
    expect(await tunnels.delete('a', name)).toMatchObject({ ok: false, code: DeleteCode.INVALID_PROFILE_NAME })
    expect(await tunnels.get(name)).toMatchObject({ ok: false, code: GetCode.INVALID_PROFILE_NAME })
  })

  test('with an action that is none are refused', async () => {
    const { tunnels } = await start()
    const profile = vxlan('t', {}, { action: 99 })
    expect(await tunnels.add('a', profile)).toMatchObject({ ok: false, code: AddCode.INVALID_TUNNEL_ACTION })
    expect(await tunnels.update('a', profile)).toMatchObject({ ok: false, code: UpdateCode.INVALID_TUNNEL_ACTION })
  })

  test('go with their client when its time is up', async () => {
    const { tunnels, routing, clock } = await start()
    await tunnels.add('a', vxlan('t1'))
    await tunnels.add('b', vxlan('t2', { vni: 2 }))
    routing.clients.sessionUp('session of b', 'b')
    routing.clients.sessionUp('session of a', 'a')
    routing.clients.sessionDown('session of a')
    await clock.advance(120_000)
    expect((await tunnels.get('t1')).ok).toBe(false)
    expect((await tunnels.get('t2')).ok).toBe(true)
  })

  test('are what the last request said, whatever came', async () => {
    const name = fc.constantFrom('t1', 't2', 't3', '')
    const step = fc.record({
      act: fc.constantFrom('add', 'update', 'delete'),
      client: fc.constantFrom('a', 'b'),
      entries: fc.array(fc.record({ name, vni: fc.integer({ min: 0, max: 4 }) }), { maxLength: 4 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async steps => {
        const { tunnels } = await start()
        const model = new Map<string, { vni: number; client: string }>()
        for (const { act, client, entries } of steps) {
          let done = 0
          for (const { name: of, vni } of entries) {
            const held = model.get(of)
            const twin = [...model].find(([, one]) => one.vni === vni)?.[0]
            if (of === '') break
            if (act === 'delete') {
              if (held?.client !== client) break
              model.delete(of)
            } else {
              if (act === 'add' && held) break
              if (held && held.client !== client) break
              if (twin !== undefined && twin !== of) break
              model.set(of, { vni, client })
            }
            done++
          }
          const profiles = entries.map(one => vxlan(one.name, { vni: one.vni }))
          const answer =
            act === 'delete'
              ? await tunnels.delete(client, ...entries.map(one => one.name))
              : await tunnels[act as 'add' | 'update'](client, ...profiles)
          expect(answer.completed).toBe(done)
          expect(answer.ok).toBe(done === entries.length)
        }
        for (const of of ['t1', 't2', 't3']) expect((await tunnels.get(of)).ok).toBe(model.has(of))
      }),
      { numRuns: 60 },
    )
  })

  if (generation === 'modern')
    test('without flags of VXLAN say that the VNI is valid', async () => {
      const { tunnels } = await start()
      const { routing } = await testRouting()
      const profile = modernProfile(vxlan('t'))
      if (profile.attributes?.tunnelAttributesType.case === 'vxlan')
        delete profile.attributes.tunnelAttributesType.value.flags
      const service = tunnelsModern(routing)
      await service.flexibleTunnelAdd!({ tunnelProfiles: [profile] } as never, jetCall('a'))
      const kept = routing.tunnels.find('t')?.attributes?.tunnelAttributesType.value
      expect(kept).toMatchObject({ flags: 8 })
      expect((await tunnels.get('t')).ok).toBe(false)
    })
  else
    test('of other kinds are kept as they were given', async () => {
      const { tunnels } = await start()
      const translate = create(FlexibleTunnelProfileSchema, {
        name: 'x',
        action: TunnelActionType.TRANSLATE,
        interfaceName: 'fti0.1',
        attributes: {
          tunnelAttributesType: {
            case: 'translate',
            value: { translateParamsType: { case: 'ipv6Ipv4Xlate', value: {} }, targetVrfName: 'red' },
          },
        },
      })
      expect((await tunnels.add('a', translate)).ok).toBe(true)
      expect((await tunnels.get('x')).profile).toEqual(translate)
      translate.action = TunnelActionType.DECAPSULATE
      expect(await tunnels.update('a', translate)).toMatchObject({ code: UpdateCode.INVALID_TUNNEL_PROFILE })
    })
})
