import { expect, test } from 'vitest'
import { uptimeLine } from './uptime-line.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

test.each([
  [0, '0 secs'],
  [1 * second, '1 sec'],
  [47 * second, '47 secs'],
  [60 * second, '1 min'],
  [7 * minute + 31 * second, '8 mins'],
  [hour, '1 hr'],
  [3 * hour + 5 * minute, ' 3:05'],
  [6 * day + 17 * hour + 17 * minute, '6 days, 17:17'],
  [day, '1 day'],
])('up for %i ms', (up, text) => {
  const booted = Date.UTC(2026, 0, 1)
  const line = uptimeLine({ now: booted + up, booted, users: 1 })
  expect(line).toContain(`up ${text}, 1 user, load averages: `)
})
