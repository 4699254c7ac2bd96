/** `2019-01-22-14:59:06`: the time in an event as recorded, without zone or fraction; the device runs on UTC. */
export function eventTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', '-')
}
