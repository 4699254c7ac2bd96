/** "2018-10-12 07:55:25 UTC". `time`: Unix time in ms. */
export function dateTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** An age as Junos writes it: "00:29:01", "1d 16:45", "3w2d 04:45". `seconds` is whole. */
export function age(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const days = Math.floor(seconds / 86_400)
  const hours = two(Math.floor(seconds / 3_600) % 24)
  const minutes = two(Math.floor(seconds / 60) % 60)
  if (days === 0) return `${hours}:${minutes}:${two(seconds % 60)}`
  const weeks = Math.floor(days / 7)
  return `${weeks > 0 ? `${weeks}w${days % 7}d` : `${days}d`} ${hours}:${minutes}`
}
