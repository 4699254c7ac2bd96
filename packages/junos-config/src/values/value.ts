/** What a value type answers: the value in canonical text, or the words of refusal (Junos's where they are recorded). */
export type Read = { readonly value: string } | { readonly error: string }

/** One of the words that an enumerated value may be. */
export interface Choice {
  readonly name: string
  readonly help: string
  readonly hidden?: boolean
}

/** Says that a value names something that is configured elsewhere. Completion offers those; commit checks. */
export interface Reference {
  /** The words of the hierarchy whose list entries may be named: `system login class`. */
  readonly to: readonly string[]
  /** Names that exist without being configured, with their help. */
  readonly builtin?: Readonly<Record<string, string>>
  /** What commit says of a name that doesn't exist. */
  readonly message: (name: string) => string
  /** Recorded as said without the place. */
  readonly placeless?: true
}

/** The type of a leaf's value or of a list's key: reads text, and says what help shows. */
export interface ValueType {
  /** Shown by `?` in angle brackets: `<host-name>`. */
  readonly placeholder: string
  /** Added to the statement's help: `(1..65535)`. */
  readonly range?: string
  /** The words allowed; absent for open types. */
  readonly choices?: readonly Choice[]
  /** Takes other text besides the words. */
  readonly open?: true
  readonly refers?: Reference
  /** Canonical text, idempotent: reading a canonical value gives it back. */
  read(text: string): Read
}

/** Control characters other than tab, line feed and carriage return have no spelling in a configuration file. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const unspeakable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

/** A type over free text, with its own check after the common one. */
export function textType(placeholder: string, read: (text: string) => Read, range?: string): ValueType {
  const checked = (text: string): Read =>
    unspeakable.test(text) ? { error: 'control characters are not allowed' } : read(text)
  return range === undefined ? { placeholder, read: checked } : { placeholder, range, read: checked }
}

/** Any text. */
export const text: ValueType = textType('value', value => ({ value }))

/** Text of `min` to `max` characters. */
export function boundedText(placeholder: string, min: number, max: number): ValueType {
  return textType(placeholder, value => {
    if (value.length >= min && value.length <= max) return { value }
    return {
      error:
        min > 0 ? `Must be a string of ${min} to ${max} characters` : `Must be a string of ${max} characters or less`,
    }
  })
}

/** Text that matches a pattern; the message says what is expected. */
export function patternText(placeholder: string, pattern: RegExp, message: (value: string) => string): ValueType {
  return textType(placeholder, value => (pattern.test(value) ? { value } : { error: message(value) }))
}

/** The same type, whose values name something configured elsewhere. */
export function reference(type: ValueType, refers: Reference): ValueType {
  return { ...type, refers }
}
