import { type Address, addressFromBytes, parseAddress } from '@hangar/inet'

/** An address of a request: oneof of text and bytes, called `AddrFormat` in the classic generation and `addrFormat` in the modern one. */
export interface AddressMessage {
  readonly AddrFormat?: AddressChoice
  readonly addrFormat?: AddressChoice
}
type AddressChoice =
  | { case: 'addrString'; value: string }
  | { case: 'addrBytes'; value: Uint8Array }
  | { case?: undefined }

/** Longer text is no address, and need not be looked at. */
const LONGEST = 45

/** The address that a message says, in either form; undefined when it says none, or one of another family. */
export function addressIn(message: AddressMessage | undefined, family?: 'inet' | 'inet6'): Address | undefined {
  const choice = message?.AddrFormat ?? message?.addrFormat
  let address: Address | undefined
  if (choice?.case === 'addrString') address = choice.value.length > LONGEST ? undefined : parseAddress(choice.value)
  else if (choice?.case === 'addrBytes' && (choice.value.length === 4 || choice.value.length === 16))
    address = addressFromBytes(choice.value)
  return family === undefined || address?.family === family ? address : undefined
}
