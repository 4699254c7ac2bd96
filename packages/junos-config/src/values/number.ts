import { textType, type ValueType } from './value.ts'

/** A whole number from min to max; leading zeros are dropped. */
export function integer(min: number, max: number, placeholder = 'value'): ValueType {
  return textType(
    placeholder,
    text => {
      if (!/^\d{1,20}$/.test(text)) return { error: `Invalid numeric value: '${text}'` }
      const number = BigInt(text)
      if (number < min || number > max) return { error: `Value ${number} is not within range (${min}..${max})` }
      return { value: number.toString() }
    },
    `(${min}..${max})`,
  )
}

/** A TCP or UDP port. */
export const port: ValueType = integer(1, 65535, 'port')

/** A whole number, or one of some words (`purge-timeout never`). */
export function integerOr(words: Readonly<Record<string, string>>, min: number, max: number): ValueType {
  const number = integer(min, max)
  return {
    placeholder: number.placeholder,
    range: `(${min}..${max})`,
    open: true,
    choices: Object.entries(words).map(([name, help]) => ({ name, help })),
    read: text => (Object.hasOwn(words, text) ? { value: text } : number.read(text)),
  }
}
