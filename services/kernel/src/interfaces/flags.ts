/**
 * Flag bits of the four kinds of object. Junos does not publish them. Two values were recorded, and the bits are chosen so that
 * they come out: 8 for a port as it is reported when it is there and up, and 192 for the only address of an ordinary interface,
 * which Junos describes as "Is-Preferred Is-Primary". The rest is our decision, in the order in which Junos lists the words.
 */

/** Physical interface. A port that is there and up has PRESENT alone: the documented 8. */
export const ifdFlag = {
  present: 0x0008,
  /** Disabled in the configuration. */
  adminDown: 0x0020,
  /** No carrier. */
  hardwareDown: 0x0040,
  /** Named in the configuration. Recorded beside configured interfaces as "Internal: 0x4000". */
  configured: 0x4000,
} as const

/** Logical interface: "Up SNMP-Traps 0x4000", "Device-Down". */
export const iflFlag = {
  up: 0x0001,
  adminDown: 0x0020,
  /** The ifd below is down. */
  deviceDown: 0x0040,
  internal: 0x4000,
} as const

/** Protocol family: "Sendbcast-pkt-to-re", "User-MTU". */
export const iffFlag = {
  sendBroadcastToRoutingEngine: 0x0001,
  userMtu: 0x0002,
  protocolDown: 0x0040,
} as const

/**
 * Address. Junos lists "Primary Preferred Is-Default Is-Preferred Is-Primary"; with the recorded 192 for the last two, the five
 * fill the bits from 8 on. Is-Default is never set: 192 was recorded on a device whose default address is elsewhere.
 */
export const ifaFlag = {
  primary: 0x08,
  preferred: 0x10,
  isPreferred: 0x40,
  isPrimary: 0x80,
} as const
