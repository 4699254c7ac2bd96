import type { XmlElement } from './element.ts'

const step = '    '

/** The element as text, one element a line, four blanks a level, ending in "\n". Text content stays on the line of its tags. */
export function renderXml(root: XmlElement, depth = 0): string {
  const lines: string[] = []
  write(root, step.repeat(depth), lines)
  return `${lines.join('\n')}\n`
}

function write(one: XmlElement, indent: string, lines: string[]): void {
  const tag = `${one.name}${attributesOf(one)}`
  if (one.text !== undefined) lines.push(`${indent}<${tag}>${escapeText(one.text)}</${one.name}>`)
  else if (!one.children?.length) lines.push(`${indent}<${tag}/>`)
  else {
    lines.push(`${indent}<${tag}>`)
    for (const inner of one.children) write(inner, indent + step, lines)
    lines.push(`${indent}</${one.name}>`)
  }
}

function attributesOf(one: XmlElement): string {
  return Object.entries(one.attributes ?? {})
    .map(([name, value]) => ` ${name}="${escapeText(value).replaceAll('"', '&quot;')}"`)
    .join('')
}

/** Text as it stands between tags. Control characters that XML 1.0 can't hold become U+FFFD. */
export function escapeText(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
