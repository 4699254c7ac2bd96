import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LineBuffer } from './line-buffer.ts'

/** The same, as a person would describe it: what is before the cursor, what is after it, what was killed last. */
interface Model {
  before: string[]
  after: string[]
  killed: string[]
}

const wordBefore = (chars: string[]) => /\S*\s*$/u.exec(chars.join(''))![0]
const wordAfter = (chars: string[]) => /^\s*\S*/u.exec(chars.join(''))![0]
const move = (from: string[], to: string[], count: number) => [from.slice(count), [...to, ...from.slice(0, count)]]

const operations: Record<string, [(line: LineBuffer) => void, (model: Model) => Model]> = {
  left: [l => l.left(), m => ({ ...m, before: m.before.slice(0, -1), after: [...m.before.slice(-1), ...m.after] })],
  right: [
    l => l.right(),
    m => {
      const [after, before] = move(m.after, m.before, 1) as [string[], string[]]
      return { ...m, after, before }
    },
  ],
  home: [l => l.home(), m => ({ ...m, before: [], after: [...m.before, ...m.after] })],
  end: [l => l.end(), m => ({ ...m, before: [...m.before, ...m.after], after: [] })],
  backspace: [l => l.backspace(), m => ({ ...m, before: m.before.slice(0, -1) })],
  delete: [l => l.delete(), m => ({ ...m, after: m.after.slice(1) })],
  killToEnd: [l => l.killToEnd(), m => ({ ...m, after: [], killed: m.after.length ? m.after : m.killed })],
  killAll: [
    l => l.killAll(),
    m => {
      const all = [...m.before, ...m.after]
      return { before: [], after: [], killed: all.length ? all : m.killed }
    },
  ],
  killWordLeft: [
    l => l.killWordLeft(),
    m => {
      const word = [...wordBefore(m.before)]
      return { ...m, before: m.before.slice(0, m.before.length - word.length), killed: word.length ? word : m.killed }
    },
  ],
  killWordRight: [
    l => l.killWordRight(),
    m => {
      const word = [...wordAfter(m.after)]
      return { ...m, after: m.after.slice(word.length), killed: word.length ? word : m.killed }
    },
  ],
  wordLeft: [
    l => l.wordLeft(),
    m => {
      const at = m.before.length - [...wordBefore(m.before)].length
      return { ...m, before: m.before.slice(0, at), after: [...m.before.slice(at), ...m.after] }
    },
  ],
  wordRight: [
    l => l.wordRight(),
    m => {
      const [after, before] = move(m.after, m.before, [...wordAfter(m.after)].length) as [string[], string[]]
      return { ...m, after, before }
    },
  ],
  yank: [l => l.yank(), m => ({ ...m, before: [...m.before, ...m.killed] })],
}

it('does what its model does', () => {
  const step = fc.oneof(
    fc.constantFrom(...Object.keys(operations)),
    fc.constantFrom('a', 'b', ' ', '  ', 'é', '日本', '😀').map(text => `insert ${text}`),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), steps => {
      const line = new LineBuffer()
      let model: Model = { before: [], after: [], killed: [] }
      for (const name of steps) {
        if (name.startsWith('insert ')) {
          const text = name.slice(7)
          line.insert(text)
          model = { ...model, before: [...model.before, ...text] }
        } else {
          const [act, expected] = operations[name]!
          act(line)
          model = expected(model)
        }
        expect([line.head, line.text]).toEqual([model.before.join(''), [...model.before, ...model.after].join('')])
      }
    }),
  )
})

it('takes no more than it has room for', () => {
  const line = new LineBuffer(5)
  expect(line.insert('abc')).toBe(true)
  line.home()
  expect(line.insert('xyz')).toBe(false)
  expect(line.text).toBe('xyabc')
})

it('exchanges characters', () => {
  const line = new LineBuffer()
  line.transpose()
  line.insert('abc')
  line.transpose()
  expect(line.text).toBe('acb')
})
