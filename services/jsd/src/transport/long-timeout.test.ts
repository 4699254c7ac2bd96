import { expect, it } from 'vitest'
import { isLongTimeout } from './long-timeout.ts'

it('tells timeouts that no timer can count', () => {
  for (const long of ['597H', '35792M', '2147484S', '99999999H']) expect(isLongTimeout(long)).toBe(true)
  for (const short of ['596H', '2147483S', '99999999m', '99999999n', '1S', '', 'S', 'x', '9Q', undefined, ['1H']])
    expect(isLongTimeout(short)).toBe(false)
})
