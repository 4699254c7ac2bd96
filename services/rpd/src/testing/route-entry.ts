interface AnyAddress {
  case?: string
  value: { label?: number; AddrFormat?: { value: string | Uint8Array }; addrFormat?: { value: string | Uint8Array } }
}
interface AnyTable {
  value: { id?: number }
}
/** A key of either generation. */
interface AnyKey {
  destPrefix: { Af?: AnyAddress; af?: AnyAddress }
  destPrefixLen: number
  table: { RtTableFormat?: AnyTable; routeTableFormat?: AnyTable }
  cookie: bigint
}

/** "10.0.0.0/8 5", the cookie behind; "#3 10.0.0.0/8 5" where the table is a number; "[10 0 0 0]/8 5" where the address is bytes. */
export function entryText(entry: { key?: unknown }): string {
  const { destPrefix, destPrefixLen, table, cookie } = entry.key as AnyKey
  const { value } = (destPrefix.Af ?? destPrefix.af)!
  const address = (value.AddrFormat ?? value.addrFormat)?.value ?? value.label
  const { id } = (table.RtTableFormat ?? table.routeTableFormat)!.value
  const text = typeof address === 'object' ? `[${address.join(' ')}]` : address
  return `${id === undefined ? '' : `#${id} `}${text}/${destPrefixLen} ${cookie}`
}
