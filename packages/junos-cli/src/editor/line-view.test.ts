import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { screenOf } from '../testing/screen.ts'
import { LineBuffer } from './line-buffer.ts'
import { LineView } from './line-view.ts'

function viewed(columns: number) {
  let bytes = ''
  const view = new LineView(
    text => {
      bytes += text
    },
    () => columns,
  )
  return { view, bytes: () => bytes }
}

const step = fc.oneof(
  fc.constantFrom('left', 'right', 'home', 'end', 'backspace', 'delete', 'wordLeft', 'killToEnd', 'yank'),
  fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'c'), minLength: 1, maxLength: 30 }).map(text => ({ text })),
)

function act(line: LineBuffer, one: string | { text: string }): void {
  if (typeof one === 'object') line.insert(one.text)
  else line[one as 'left']()
}

describe('the row on the screen', () => {
  it('is the prompt and the line, whatever was done to it', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), steps => {
        const { view, bytes } = viewed(0)
        const line = new LineBuffer()
        view.begin('> ')
        for (const one of steps) {
          act(line, one)
          view.draw(line)
          expect(screenOf(bytes())).toEqual([`> ${line.text}`.trimEnd()])
          // Whatever is written next lands at the cursor.
          const marked = [...line.chars.slice(0, line.cursor), '#', ...line.chars.slice(line.cursor + 1)].join('')
          expect(screenOf(`${bytes()}#`)).toEqual([`> ${marked}`.trimEnd()])
        }
      }),
    )
  })

  it('never grows over the edge, and holds what is around the cursor', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.integer({ min: 30, max: 60 }), (steps, columns) => {
        const { view, bytes } = viewed(columns)
        const line = new LineBuffer()
        view.begin('user@host> ')
        for (const one of steps) {
          act(line, one)
          view.draw(line)
          const [row] = screenOf(bytes())
          expect(row!.length).toBeLessThan(columns)
          const shown = row!.slice(11).replace(/^\.\.\.|\.\.\.$/g, '')
          expect(line.text).toContain(shown)
          expect(row!.includes('...') || shown === line.text.trimEnd()).toBe(true)
        }
      }),
    )
  })

  it('is echoed at its end as it is typed, with nothing between', () => {
    const { view, bytes } = viewed(80)
    const line = new LineBuffer()
    view.begin('> ')
    for (const char of 'show version') {
      line.insert(char)
      view.draw(line)
    }
    line.backspace()
    view.draw(line)
    expect(bytes()).toBe('> show version\b \b')
  })
})
