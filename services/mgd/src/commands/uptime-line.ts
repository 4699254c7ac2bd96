const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** "8:16AM  up 209 days, 23:14, 5 users, load averages: 0.00, 0.00, 0.00". The load is not measured: a virtual device has none of its own. */
export function uptimeLine({ now, booted, users }: { now: number; booted: number; users: number }): string {
  return `${timeOfDay(now)}  up ${upText(now - booted)}, ${counted(users, 'user')}, load averages: 0.00, 0.00, 0.00`
}

/** "8:16AM", UTC */
export function timeOfDay(time: number): string {
  const date = new Date(time)
  const hours = date.getUTCHours()
  return `${hours % 12 || 12}:${two(date.getUTCMinutes())}${hours < 12 ? 'AM' : 'PM'}`
}

/** "-" below a minute, then minutes, "3:05" hours, "2days". */
export function idleText(ms: number): string {
  if (ms < minute) return '-'
  if (ms < hour) return String(Math.floor(ms / minute))
  if (ms < day) return `${Math.floor(ms / hour)}:${two(Math.floor(ms / minute) % 60)}`
  const days = Math.floor(ms / day)
  return days === 1 ? '1day' : `${days}days`
}

/** "04:45:37", "6d 17:17", "3w2d 04:45": how long ago. */
export function agoText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const days = Math.floor(seconds / 86_400)
  const clock = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}`
  if (days === 0) return `${clock}:${two(seconds % 60)}`
  return days < 7 ? `${days}d ${clock}` : `${Math.floor(days / 7)}w${days % 7}d ${clock}`
}

/** As `w` of a FreeBSD writes it: "47 secs", "2 mins", "1 hr", " 3:05", "209 days, 23:14". */
function upText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const rounded = seconds > 60 ? seconds + 30 : seconds
  const days = Math.floor(rounded / 86_400)
  const hours = Math.floor(rounded / 3600) % 24
  const minutes = Math.floor(rounded / 60) % 60
  const parts = days > 0 ? [counted(days, 'day')] : []
  if (hours > 0 && minutes > 0) parts.push(`${String(hours).padStart(2)}:${two(minutes)}`)
  else if (hours > 0) parts.push(counted(hours, 'hr'))
  else if (minutes > 0) parts.push(counted(minutes, 'min'))
  else if (days === 0) parts.push(counted(rounded, 'sec'))
  return parts.join(', ')
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
