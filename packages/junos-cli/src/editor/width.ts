const combining = /^[\p{Mn}\p{Me}\p{Cf}]$/u
const wide =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303E\uFF01-\uFF60\uFFE0-\uFFE6]$/u

/** Columns that a character takes on a terminal. */
export function widthOf(char: string): 0 | 1 | 2 {
  if (char < '\u0300') return 1
  if (combining.test(char)) return 0
  return wide.test(char) ? 2 : 1
}

export function widthOfText(text: string): number {
  let width = 0
  for (const char of text) width += widthOf(char)
  return width
}
