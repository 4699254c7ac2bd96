import { element, renderXml } from '@hangar/xml'

/** What a router puts around the result of `| display xml`: `inner` is one or more rendered elements. */
export function rpcReply(inner: string, release: string, banner = ''): string {
  return (
    `<rpc-reply xmlns:junos="http://xml.juniper.net/junos/${release}/junos">\n${inner.replace(/^(?=.)/gm, '    ')}` +
    `${renderXml(element('cli', [element('banner', banner)]), 1)}</rpc-reply>\n`
  )
}
