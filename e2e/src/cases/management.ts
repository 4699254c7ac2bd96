import { describe, expect, test } from 'vitest'
import { commit, configuration } from '../clients/configuration.ts'
import { Subscriber } from '../clients/mqtt.ts'
import { RoutingApplication } from '../clients/routes.ts'
import { ssh } from '../clients/ssh.ts'
import type { DeviceOf } from '../device.ts'

const classic = '/management.ManagementRpcApi'
const modern = '/jnx.jet.management.Management'
const openconfig = '/openconfig.OpenconfigRpcApi'

const address = (name: string) =>
  `<interfaces><interface><name>${name}</name><unit><name>0</name><family><inet><address><name>192.0.2.1/24</name></address></inet></family></unit></interface></interfaces>`

interface Output {
  data: string
  status?: unknown
}

export function managementCases(device: DeviceOf): void {
  const application = (clientId: string) => RoutingApplication.as(clientId, device().endpoints.grpc)
  const show = async (command: string) => (await ssh(device().endpoints.ssh, command)).output

  describe('management APIs', () => {
    test('an operational command in three formats, by words and as an RPC, in both generations', async () => {
      await using app = await application('op')
      const run = async (path: string, request: object) => {
        const answers = await app.collect<Output>(path, request)
        expect(answers).toHaveLength(1)
        return answers[0]!
      }
      const command = { requestId: 11, cliCommand: 'show version' }
      const inJson = await run(`${classic}/ExecuteOpCommand`, command)
      expect(inJson).toMatchObject({ requestId: '11' })
      expect(JSON.parse(inJson.data)).toHaveProperty('software-information')
      const inXml = await run(`${classic}/ExecuteOpCommand`, { ...command, outFormat: 'OPERATION_FORMAT_XML' })
      expect(inXml.data).toMatch(/^<software-information>/)
      const inText = await run(`${classic}/ExecuteOpCommand`, { ...command, outFormat: 'OPERATION_FORMAT_CLI' })
      expect(inText.data).toMatch(/^<output>\nHostname: [\s\S]+<\/output>\n$/)
      const asRpc = await run(`${modern}/OpCommandGet`, {
        xmlCommand: '<get-software-information/>',
        outFormat: 'OP_COMMAND_OUTPUT_XML',
      })
      expect(asRpc).toEqual({ status: {}, data: inXml.data })
      const failed = await run(`${classic}/ExecuteOpCommand`, { cliCommand: 'show nothing' })
      expect(failed.status).toBe('NOK')
    })

    test('every load type of both generations commits', async () => {
      const { ssh: endpoint } = device().endpoints
      await using app = await application('load')
      const whole = (await show('show configuration | no-more')).replace(/^## .*\n/, '')
      const name = 'interfaces { xe-0/0/1 { description loaded; } }'
      for (const [loadType, textConfig] of [
        ['CONFIG_LOAD_MERGE', name],
        ['CONFIG_LOAD_REPLACE', name.replace('xe', 'replace: xe')],
        ['CONFIG_LOAD_OVERRIDE', `${whole}${name}`],
        ['CONFIG_LOAD_UPDATE', `${whole}${name}`],
        [
          'CONFIG_LOAD_SET',
          '\n  <configuration-set>\n    edit interfaces xe-0/0/1\n    set description loaded\n  </configuration-set>\n',
        ],
      ] as const) {
        const comment = `by ${loadType}`
        const before = await configuration(endpoint)
        expect(
          await app.call(`${classic}/ExecuteCfgCommand`, { requestId: 5, textConfig, loadType, commit: { comment } }),
        ).toEqual({ requestId: '5' })
        expect(await configuration(endpoint)).toContain('set interfaces xe-0/0/1 description loaded')
        expect(await show('show system commit')).toContain(comment)
        await commit(endpoint, 'delete interfaces xe-0/0/1')
        expect(await app.call(`${modern}/ConfigSet`, { textConfig, loadType })).toEqual({ status: {} })
        await commit(endpoint, 'delete interfaces xe-0/0/1')
        expect(await configuration(endpoint)).toEqual(before)
      }
      const wrong = await app.call(`${classic}/ExecuteCfgCommand`, { textConfig: 'nonsense;' })
      expect(wrong).toMatchObject({ status: 'INVALID_CONFIGURATION' })
    })

    test('an ephemeral address stands in show interfaces and in no configuration, its event arrives, and it goes again', async () => {
      const { mqtt, ssh: endpoint } = device().endpoints
      const before = await configuration(endpoint)
      const topic = '/junos/events/kernel/interfaces/ifa'
      await using subscriber = await Subscriber.to(mqtt, `${topic}/#`)
      await using app = await application('ephemeral')
      const edit = (operation: object) =>
        app.call(`${classic}/EditEphemeralConfig`, {
          ephConfigOperations: [{ operationId: 'a', path: '/', ...operation }],
        })
      const xmlConfig = `<configuration>${address('xe-0/0/2')}</configuration>`
      expect(await edit({ xmlConfig })).toEqual({ response: [{ operationId: 'a' }] })
      expect(await subscriber.next()).toMatchObject({ topic: `${topic}/add/xe-0/0/2.0/inet/192.0.2.1/32` })
      expect(await show('show interfaces terse xe-0/0/2.0')).toMatch(/inet +192\.0\.2\.1\/24/)
      expect(await show('show ephemeral-configuration | display set')).toContain('address 192.0.2.1/24')
      expect(await configuration(endpoint)).toEqual(before)
      const read = await app.call<{ response: { value: string }[] }>(`${classic}/GetEphemeralConfig`, {
        encoding: 'ENCODING_JSON',
        ephConfigRequests: [{ operationId: 'a', path: '/interfaces' }],
      })
      expect(JSON.parse(read.response[0]!.value).configuration.interfaces.interface[0].name).toBe('xe-0/0/2')
      expect(await edit({ operation: 'DELETE_CONFIG' })).toEqual({ response: [{ operationId: 'a' }] })
      expect(await subscriber.next()).toMatchObject({ topic: `${topic}/delete/xe-0/0/2.0/inet/192.0.2.1/32` })
    })

    test('a named instance, through the modern generation', async () => {
      await using app = await application('named')
      const jsonConfig = '{"configuration":{"interfaces":{"interface":[{"name":"xe-0/0/2","mtu":1600}]}}}'
      const request = { instanceName: 'e2e', configOperations: [{ id: 'x', path: '/', jsonConfig }] }
      const refused = await app.call<{ status: object }>(`${modern}/EphemeralConfigSet`, request)
      expect(refused.status).toMatchObject({ code: 'FAILURE' })
      await commit(device().endpoints.ssh, 'set system configuration-database ephemeral instance e2e')
      expect(await app.call(`${modern}/EphemeralConfigSet`, request)).toEqual({
        status: {},
        operationResponses: [{ id: 'x', status: {} }],
      })
      expect(await show('show interfaces xe-0/0/2')).toContain('MTU: 1600')
      expect(await show('show ephemeral-configuration instance e2e | display set')).toContain('mtu 1600')
    })

    test('a commit tells subscribers what it changed', async () => {
      const { mqtt, ssh: endpoint } = device().endpoints
      await commit(endpoint, 'set system commit notification configuration-diff-format xml')
      await using subscriber = await Subscriber.to(mqtt, '/junos/events/genpub/+')
      await commit(endpoint, 'set interfaces xe-0/0/1 description told')
      const { topic, payload } = await subscriber.next()
      expect(topic).toBe('/junos/events/genpub/config-update')
      expect(JSON.parse(payload)['commit-patch']).toMatch(
        /nc:operation="create"[^>]*>told<|nc:operation="create">\s*<name>xe-0\/0\/1</,
      )
    })

    test('openconfig: configuration by its path', async () => {
      await using app = await application('openconfig')
      const value = '{"description":"by path"}'
      const path = "/interfaces/interface[name='xe-0/0/1']/description"
      const set = { encoding: 'ENCODING_JSON', configOperation: [{ operationId: 'o', path, value }] }
      expect(await app.call(`${openconfig}/Set`, set)).toEqual({ response: [{ operationId: 'o' }] })
      const got = await app.call<{ response: { value: string }[] }>(`${openconfig}/Get`, { getRequest: [{ path }] })
      expect(got.response[0]!.value).toContain('<description>by path</description>')
    })
  })
}
