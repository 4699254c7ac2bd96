import { patternText, type ValueType } from './value.ts'

const clock = '([01]?\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?'

/** `08:30`, `23:59:59`. */
export const timeOfDay: ValueType = patternText(
  'time',
  new RegExp(`^${clock}$`),
  value => `invalid time of day: '${value}'`,
)

/** A moment, the day of which may be left out: `2026-01-31.08:30`. */
export const dateAndTime: ValueType = patternText(
  'time',
  new RegExp(`^(\\d{4}-(0\\d|1[0-2])-([0-2]\\d|3[01])\\.)?${clock}$`),
  value => `invalid time: '${value}'`,
)
