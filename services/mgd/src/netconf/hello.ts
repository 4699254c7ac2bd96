import { product } from '@hangar/daemon'
import { element, renderXml } from '@hangar/xml'
import type { Visitor } from '../ssh/services.ts'
import { trailer } from './framing.ts'

export const namespace = 'urn:ietf:params:xml:ns:netconf:base:1.0'
export const replyNamespaces = `xmlns="${namespace}" xmlns:junos="http://xml.juniper.net/junos/${product.release}/junos"`

const own = ['base:1.0', 'capability:candidate:1.0', 'capability:confirmed-commit:1.0', 'capability:validate:1.0']
const url = 'capability:url:1.0?scheme=http,ftp,file'

/** As recorded from routers: RFC 6241's spelling, the older one, and their own. */
const capabilities = [
  ...['urn:ietf:params:netconf:', 'urn:ietf:params:xml:ns:netconf:'].flatMap(prefix =>
    [...own, url].map(name => prefix + name),
  ),
  'urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring',
  'http://xml.juniper.net/netconf/junos/1.0',
  'http://xml.juniper.net/dmi/system/1.0',
]

/** What a client is greeted with. */
export function hello({ visitor, id }: { visitor: Visitor; id: number }): string {
  const list = capabilities.map(one => element('capability', one))
  const { user, loginClass } = visitor
  return (
    '<!-- No zombies were killed during the creation of this user interface -->\n' +
    `<!-- user ${user}, class ${loginClass} -->\n` +
    renderXml(element('hello', [element('capabilities', list), element('session-id', id)], { xmlns: namespace })) +
    `${trailer}\n`
  )
}
