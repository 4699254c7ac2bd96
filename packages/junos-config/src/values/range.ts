import { textType, type ValueType } from './value.ts'

/** `22`, `1024-65535`: a number, or two with the lower first. */
export function numberRange(min: number, max: number, placeholder = 'range'): ValueType {
  return rangeOr({}, min, max, placeholder)
}

/** The same, or one of some words that stand for numbers: `ssh`, `33434-33534`. */
export function rangeOr(
  words: Readonly<Record<string, string>>,
  min: number,
  max: number,
  placeholder = 'range',
): ValueType {
  const range = textType(
    placeholder,
    text => {
      if (Object.hasOwn(words, text)) return { value: text }
      const ends = /^(\d{1,10})(?:-(\d{1,10}))?$/.exec(text)
      if (!ends) return { error: `Invalid numeric value: '${text}'` }
      const from = Number(ends[1])
      const to = Number(ends[2] ?? ends[1])
      const outside = [from, to].find(number => number < min || number > max)
      if (outside !== undefined) return { error: `Value ${outside} is not within range (${min}..${max})` }
      if (from > to) return { error: `invalid range: '${text}'` }
      return { value: ends[2] === undefined ? `${from}` : `${from}-${to}` }
    },
    `(${min}..${max})`,
  )
  const choices = Object.entries(words).map(([name, help]) => ({ name, help }))
  return choices.length === 0 ? range : { ...range, choices, open: true }
}
