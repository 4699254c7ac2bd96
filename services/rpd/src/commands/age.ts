/** An age as `show route` has it: "00:00:03", "6d 17:17:33", "3w2d 04:45:37". `seconds` is whole. */
export function routeAge(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const days = Math.floor(seconds / 86_400)
  const time = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':')
  if (days === 0) return time
  return days < 7 ? `${days}d ${time}` : `${Math.floor(days / 7)}w${days % 7}d ${time}`
}

/** The same in `show route detail`, which writes short ages in seconds and minutes: "3", "4:06", "3:21:44". */
export function detailAge(seconds: number): string {
  if (seconds >= 86_400) {
    const text = routeAge(seconds)
    return text.replace(' 0', ' ')
  }
  const two = (value: number) => String(value).padStart(2, '0')
  if (seconds < 60) return String(seconds)
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}
