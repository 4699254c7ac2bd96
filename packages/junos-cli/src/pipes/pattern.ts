import { RE2JS } from 're2js'
import { CommandError } from '../command.ts'

/**
 * A pattern as a router reads it: extended regular expression, case ignored, found anywhere in the line. Linear in the line's
 * length whatever the pattern is, as the user's pattern runs in the device's own process.
 */
export function patternTest(pattern: string): (line: string) => boolean {
  let compiled: RE2JS
  try {
    compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE)
  } catch {
    throw new CommandError(`invalid regular expression: '${pattern}'`)
  }
  return line => compiled.matcher(line).find()
}
