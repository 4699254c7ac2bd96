import { element, renderXml } from '@hangar/xml'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderJson } from './render-json.ts'
import { rpcReply } from './rpc-reply.ts'

const data = element('interface-information', [
  element('physical-interface', [
    element('name', 'xe-0/0/0'),
    element('admin-status', 'up', { 'junos:format': 'Enabled' }),
  ]),
  element('physical-interface', [element('name', 'a<b>&"c"'), element('up')]),
])

describe('XML', () => {
  it('has one element a line', () => {
    expect(renderXml(data)).toBe(`<interface-information>
    <physical-interface>
        <name>xe-0/0/0</name>
        <admin-status junos:format="Enabled">up</admin-status>
    </physical-interface>
    <physical-interface>
        <name>a&lt;b&gt;&amp;"c"</name>
        <up/>
    </physical-interface>
</interface-information>
`)
  })

  it('stands in a reply, with the banner of the mode', () => {
    expect(
      rpcReply('<a/>\n', '23.4R1', '[edit]'),
    ).toBe(`<rpc-reply xmlns:junos="http://xml.juniper.net/junos/23.4R1/junos">
    <a/>
    <cli>
        <banner>[edit]</banner>
    </cli>
</rpc-reply>
`)
  })

  it('holds no character that XML forbids', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const inner = renderXml(element('a', text, { b: text }))
        const allowed = (char: string) => (char >= ' ' ? char < '\uFFFE' || char > '\uFFFF' : '\t\n\r'.includes(char))
        expect([...inner].filter(char => !allowed(char))).toEqual([])
        expect(inner.match(/</g)).toHaveLength(2)
      }),
    )
  })
})

describe('JSON', () => {
  it('is arrays of what has the same name', () => {
    expect(JSON.parse(renderJson(data))).toEqual({
      'interface-information': [
        {
          'physical-interface': [
            {
              name: [{ data: 'xe-0/0/0' }],
              'admin-status': [{ data: 'up', attributes: { 'junos:format': 'Enabled' } }],
            },
            { name: [{ data: 'a<b>&"c"' }], up: [{ data: [null] }] },
          ],
        },
      ],
    })
  })
})
