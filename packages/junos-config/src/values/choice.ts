import type { Choice, ValueType } from './value.ts'

/** One of the named words. The keys are the words, the values their help. */
export function choice(words: Readonly<Record<string, string>>, hidden: readonly string[] = []): ValueType {
  const choices: Choice[] = Object.entries(words).map(([name, help]) =>
    hidden.includes(name) ? { name, help, hidden: true } : { name, help },
  )
  return {
    placeholder: 'value',
    choices,
    read: text => (Object.hasOwn(words, text) ? { value: text } : { error: 'syntax error' }),
  }
}
