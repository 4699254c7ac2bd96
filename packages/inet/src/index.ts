export {
  type Address,
  addressBits,
  addressFromBytes,
  compareAddresses,
  type Family,
  formatAddress,
  isLoopback,
  parseAddress,
  unmapped,
} from './address.ts'
export {
  comparePrefixes,
  contains,
  containsPrefix,
  formatPrefix,
  hasHostBits,
  lastAddress,
  network,
  networkAddress,
  type Prefix,
  parsePrefix,
} from './prefix.ts'
export { Ipv4Table } from './table/ipv4-table.ts'
export { Ipv6Table } from './table/ipv6-table.ts'
export { LabelTable } from './table/label-table.ts'
export { Uint8Column, Uint32Column } from './table/pages.ts'
