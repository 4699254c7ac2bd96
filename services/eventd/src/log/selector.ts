/** Severities from the gravest; a rule takes its own and the graver ones. */
const severities = ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'info', 'debug']

/** Short spellings of severities and facilities, as messages carry them, by the words of the configuration. */
const spellings: Readonly<Record<string, string>> = {
  emerg: 'emergency',
  panic: 'emergency',
  crit: 'critical',
  err: 'error',
  warn: 'warning',
  auth: 'authorization',
  authpriv: 'authorization',
  change: 'change-log',
  conflict: 'conflict-log',
  interact: 'interactive-commands',
  'interact-commands': 'interactive-commands',
  kern: 'kernel',
}

const canonical = (word: string) => spellings[word] ?? word

/** What one destination takes: `facility severity; match "expression";`. */
export interface Selection {
  /** [facility, severity] in the words of the configuration: ['any', 'notice']. A facility of its own overrides `any`. */
  rules: ReadonlyMap<string, string>
  /** `match`: must run in time linear in the line, as it is the user's expression in the device's process. */
  match?: (line: string) => boolean
  /** Any of these in the line is enough. */
  matchStrings: readonly string[]
}

/** Whether a message of this facility and severity, rendered as this line, is taken. */
export function selects(selection: Selection, facility: string, severity: string, line: string): boolean {
  const wanted = selection.rules.get(canonical(facility)) ?? selection.rules.get('any')
  if (wanted === undefined || wanted === 'none') return false
  const level = severities.indexOf(canonical(severity))
  if (wanted !== 'any' && level > severities.indexOf(wanted)) return false
  if (selection.match && !selection.match(line)) return false
  return selection.matchStrings.length === 0 || selection.matchStrings.some(text => line.includes(text))
}
