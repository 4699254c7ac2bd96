import type { Announcement } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'

/** What has to be reached before a device is ready, in the order in which a start reaches it. Daemons that announce more signals are waited for too. */
export const bootSignals = [
  'CONFIG_LOADED',
  'INTERFACES_UP',
  'RIB_SYNCED',
  'FIB_SYNCED',
  'BROKER_LISTENING',
  'EVENTS_FLOWING',
  'JSD_LISTENING',
  'CLI_LISTENING',
] as const

export interface Readiness {
  ready: boolean
  /** Reached, in boot order; the last one is READY. */
  signals: string[]
  missing: string[]
  daemons: string[]
}

/** Where the start of a device stands, from what its daemons say of themselves. */
export function readinessOf(members: Iterable<Announcement>): Readiness {
  const all = [...members]
  const reached = new Set(all.flatMap(member => member.signals))
  const expected = [...new Set([...bootSignals, ...all.flatMap(member => member.expectedSignals)])]
  const missing = expected.filter(signal => !reached.has(signal))
  const ready = missing.length === 0
  return {
    ready,
    signals: [...expected.filter(signal => reached.has(signal)), ...(ready ? ['READY'] : [])],
    missing,
    daemons: all.map(member => member.daemon).sort(),
  }
}
