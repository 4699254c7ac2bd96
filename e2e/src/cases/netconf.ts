import { describe, expect, test } from 'vitest'
import { python } from '../clients/program.ts'
import { type DeviceOf, split, user } from '../device.ts'

const interfaces = expect.arrayContaining(['xe-0/0/0', 'xe-0/0/3', 'lo0'])
const described = (before: string, after: string) => `-   description ${before};\n+   description ${after};`

export function netconfCases(device: DeviceOf): void {
  const run = async (program: string, door: 'netconf' | 'ssh' = 'netconf') => {
    const { host, port } = split(device().endpoints[door])
    const { output, errors, code } = await python(program, [host, String(port), user.name, user.password]).end()
    expect({ errors, code }).toEqual({ errors: '', code: 0 })
    return JSON.parse(output)
  }

  describe('NETCONF', () => {
    for (const door of ['netconf', 'ssh'] as const)
      test(`ncclient sees, changes and commits the configuration, at the door of ${door}`, async () => {
        expect(await run('ncclient_program.py', door)).toEqual({
          session: true,
          capabilities: expect.arrayContaining([
            'urn:ietf:params:netconf:capability:candidate:1.0',
            'urn:ietf:params:netconf:capability:confirmed-commit:1.0',
            'http://xml.juniper.net/netconf/junos/1.0',
          ]),
          running: true,
          text: true,
          command: expect.stringMatching(/^\nHostname: \S+\nModel: /),
          interfaces,
          locked: expect.stringMatching(/^configuration database locked by:\n\s*jet \(pid \d+\)/),
          compared: expect.stringContaining('description "by ncclient";'),
          unchanged: '\n',
          statement: 'syntax error',
          unknown: 'syntax error, expecting <command>',
          command_wrong: expect.stringMatching(/syntax error/),
        })
      })

    test('PyEZ: facts, RPCs, and the configuration in every format', async () => {
      expect(await run('pyez.py')).toEqual({
        facts: {
          hostname: expect.any(String),
          model: 'VMX',
          version: expect.stringMatching(/^\d+\.\d/),
          personality: 'MX',
        },
        cli: expect.stringMatching(/^\nHostname: /),
        interfaces,
        json: ['configuration'],
        services: true,
        diffs: {
          set: expect.stringContaining('description set;'),
          text: expect.stringContaining(described('set', 'text')),
          xml: expect.stringContaining(described('text', 'xml')),
          json: expect.stringContaining(described('xml', 'json')),
        },
        locked: expect.stringContaining('configuration database locked by'),
        rolled_back: expect.stringContaining(described('json', 'xml')),
        nothing: null,
        load_error: expect.stringContaining('syntax error'),
        rpc_error: expect.stringContaining('syntax error, expecting <command>'),
        confirmed: true,
        commit: true,
        shown: 'description private;',
      })
    })
  })
}
