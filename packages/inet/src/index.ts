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
export { Uint8Column, Uint32Column } from './table/pages.ts'
