/** What a person sees after these bytes: rows of text. Knows what the CLI sends and no more, and throws at anything else. */
export function screenOf(bytes: string): string[] {
  const rows: string[][] = [[]]
  let column = 0
  for (const char of bytes.replaceAll('\u001B[H\u001B[2J', '\f')) {
    const row = rows.at(-1)!
    if (char === '\n') rows.push([])
    else if (char === '\r') column = 0
    else if (char === '\b') column = Math.max(column - 1, 0)
    else if (char === '\f') {
      rows.length = 0
      rows.push([])
      column = 0
    } else if (char === '\u0007') continue
    else if (char < ' ') throw new Error(`unexpected control character ${JSON.stringify(char)}`)
    else {
      while (row.length < column) row.push(' ')
      row[column++] = char
    }
  }
  return rows.map(row => row.join('').trimEnd())
}
