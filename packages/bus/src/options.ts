import type { Clock, Logger, Random } from '@hangar/runtime'

/** What an end of the bus takes of the outside world. */
export interface BusOptions {
  clock: Clock
  random: Random
  log: Logger
}

const name = /^[A-Za-z0-9_-]{1,64}$/

/** Devices, daemons and kinds of event become parts of subjects. Throws a RangeError that names what is wrong. */
export function checkName(what: string, value: string): string {
  if (!name.test(value)) {
    throw new RangeError(`${what} "${value}": 1 to 64 letters, digits, hyphens or underscores are allowed`)
  }
  return value
}
