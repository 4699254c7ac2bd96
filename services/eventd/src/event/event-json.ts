/** A value in an event: integers stay integers, lists are of strings, everything else is a string. */
export type EventValue = string | number | readonly string[]

export interface EventStyle {
  /** Kernel events have plain slashes, syslog events `\/`, as recorded. */
  escapeSlashes: boolean
  /** Keys that are written without a blank after the colon: syslog events have one such, `"process-name":"login"`. */
  tight: ReadonlySet<string>
}

/** The JSON of a notification, byte by byte as devices write it: four blanks a level, one key a line, nothing after the last brace. */
export function eventJson(
  header: readonly (readonly [string, EventValue])[],
  attributes: readonly (readonly [string, EventValue])[],
  style: EventStyle,
): string {
  const lines = header.map(entry => `        ${member(entry, style)}`)
  const inner = attributes.map(entry => `            ${member(entry, style)}`).join(',\n')
  lines.push(`        "attributes": {${inner === '' ? '' : `\n${inner}\n        `}}`)
  return `{\n    "jet-event": {\n${lines.join(',\n')}\n    }\n}`
}

function member([key, value]: readonly [string, EventValue], style: EventStyle): string {
  const blank = style.tight.has(key) ? '' : ' '
  return `${json(key, style)}:${blank}${valueText(value, style)}`
}

/** The values of a list stand one a line, two levels below the attributes. */
function valueText(value: EventValue, style: EventStyle): string {
  if (typeof value === 'number') return `${value}`
  if (typeof value === 'string') return json(value, style)
  if (value.length === 0) return '[]'
  return `[\n${value.map(one => `                ${json(one, style)}`).join(',\n')}\n            ]`
}

function json(text: string, style: EventStyle): string {
  const quoted = JSON.stringify(text)
  return style.escapeSlashes ? quoted.replaceAll('/', '\\/') : quoted
}
