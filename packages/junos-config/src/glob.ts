/** Whether a key of a group stands for a set of names. */
export function isWildcard(key: string): boolean {
  return key.length > 2 && key.startsWith('<') && key.endsWith('>')
}

/** Whether a key of a group's entry means this key: the same, or a wildcard (`<*>`, `<xe-*>`, `<ge-0/0/[0-3]>`). */
export function keyMatches(pattern: string, key: string): boolean {
  return isWildcard(pattern) ? globMatches(pattern.slice(1, -1), key) : pattern === key
}

/** `*` any text, `?` one character, `[a-c]` one of a set. Linear in pattern times text, whatever the pattern. */
export function globMatches(pattern: string, text: string): boolean {
  const parts = pattern.match(/\[!?[^\]]+\]|[\s\S]/g) ?? []
  let reached = new Set([0])
  for (const part of parts) {
    const next = new Set<number>()
    if (part === '*') {
      for (let i = Math.min(...reached); i <= text.length; i++) next.add(i)
    } else {
      for (const i of reached) if (i < text.length && characterMatches(part, text[i]!)) next.add(i + 1)
    }
    if (next.size === 0) return false
    reached = next
  }
  return reached.has(text.length)
}

function characterMatches(part: string, char: string): boolean {
  if (part === '?') return true
  if (part.length === 1) return part === char
  const negated = part[1] === '!'
  const body = part.slice(negated ? 2 : 1, -1)
  let found = false
  for (let i = 0; i < body.length; i++) {
    if (body[i + 1] === '-' && i + 2 < body.length) {
      if (char >= body[i]! && char <= body[i + 2]!) found = true
      i += 2
    } else if (body[i] === char) {
      found = true
    }
  }
  return found !== negated
}
