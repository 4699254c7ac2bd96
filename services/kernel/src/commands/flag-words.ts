import { element, type XmlElement } from '@hangar/xml'
import { ifaFlag, ifdFlag, iffFlag, iflFlag } from '../interfaces/flags.ts'

/** What Junos shows of the flags that it has no word for. */
export const internalFlags = '0x4000'

/** A flag in Junos's two languages: the element of its XML and the word of its text. */
interface FlagWord {
  readonly tag: string
  readonly word: string
  readonly when: (flags: number) => boolean
}

const set = (bit: number) => (flags: number) => (flags & bit) !== 0
const clear = (bits: number) => (flags: number) => (flags & bits) === 0

const deviceWords: readonly FlagWord[] = [
  { tag: 'ifdf-present', word: 'Present', when: set(ifdFlag.present) },
  { tag: 'ifdf-running', word: 'Running', when: set(ifdFlag.present) },
  { tag: 'ifdf-down', word: 'Down', when: set(ifdFlag.adminDown | ifdFlag.hardwareDown) },
]
const physicalWords: readonly FlagWord[] = [
  { tag: 'iff-hardware-down', word: 'Hardware-Down', when: set(ifdFlag.hardwareDown) },
  { tag: 'iff-down', word: 'Down', when: set(ifdFlag.adminDown) },
  { tag: 'iff-snmp-traps', word: 'SNMP-Traps', when: () => true },
]
const logicalWords: readonly FlagWord[] = [
  { tag: 'iff-up', word: 'Up', when: clear(iflFlag.adminDown) },
  { tag: 'iff-down', word: 'Down', when: set(iflFlag.adminDown) },
  { tag: 'iff-device-down', word: 'Device-Down', when: set(iflFlag.deviceDown) },
  { tag: 'iff-snmp-traps', word: 'SNMP-Traps', when: () => true },
]
const familyWords: readonly FlagWord[] = [
  { tag: 'ifff-protocol-down', word: 'Protocol-Down', when: set(iffFlag.protocolDown) },
  { tag: 'ifff-sendbcast-pkt-to-re', word: 'Sendbcast-pkt-to-re', when: set(iffFlag.sendBroadcastToRoutingEngine) },
  { tag: 'ifff-user-mtu', word: 'User-MTU', when: set(iffFlag.userMtu) },
]
const addressWords: readonly FlagWord[] = [
  { tag: 'ifaf-primary', word: 'Primary', when: set(ifaFlag.primary) },
  { tag: 'ifaf-preferred', word: 'Preferred', when: set(ifaFlag.preferred) },
  { tag: 'ifaf-current-preferred', word: 'Is-Preferred', when: set(ifaFlag.isPreferred) },
  { tag: 'ifaf-current-primary', word: 'Is-Primary', when: set(ifaFlag.isPrimary) },
]

const words = new Map(
  [deviceWords, physicalWords, logicalWords, familyWords, addressWords].flat().map(({ tag, word }) => [tag, word]),
)

function elements(kind: readonly FlagWord[], flags: number): XmlElement[] {
  return kind.filter(({ when }) => when(flags)).map(({ tag }) => element(tag))
}

export const deviceFlags = (flags: number) => elements(deviceWords, flags)
export const physicalFlags = (flags: number) => elements(physicalWords, flags)
export const logicalFlags = (flags: number) => elements(logicalWords, flags)
export const familyFlags = (flags: number) => elements(familyWords, flags)
export const addressFlags = (flags: number) => elements(addressWords, flags)

/** The words of a flags element; a child with text of its own (internal-flags) is shown as that. */
export function flagText(flags: XmlElement | undefined, separator = ' '): string {
  return (flags?.children ?? []).map(one => words.get(one.name) ?? one.text ?? one.name).join(separator)
}
