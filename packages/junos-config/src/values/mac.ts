import { textType, type ValueType } from './value.ts'

const format = /^[0-9a-f]{1,2}(:[0-9a-f]{1,2}){5}$/

/** Six octets, written in full and in lower case: `00:05:86:71:00:0c`. */
export const macAddress: ValueType = textType('mac-address', text => {
  const lower = text.toLowerCase()
  if (!format.test(lower)) return { error: `invalid MAC address: '${text}'` }
  const octets = lower.split(':').map(octet => octet.padStart(2, '0'))
  return { value: octets.join(':') }
})
