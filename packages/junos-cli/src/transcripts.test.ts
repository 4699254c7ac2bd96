import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { formatTranscripts, parseTranscripts, play, type Transcript } from './testing/transcript.ts'
import './pipes/pattern.ts'

const folder = new URL('./transcripts/', import.meta.url)

// UPDATE_TRANSCRIPTS=1 writes what comes out now into the files: to be read before it is committed.
const update = process.env.UPDATE_TRANSCRIPTS === '1'

for (const file of readdirSync(folder)) {
  describe(file, () => {
    const path = new URL(file, folder)
    const cases = parseTranscripts(readFileSync(path, 'utf8'))
    const played: Transcript[] = []
    for (const one of cases) {
      it(one.title, async () => {
        const screen = await play(one.typed)
        played.push({ ...one, screen })
        if (update) writeFileSync(path, formatTranscripts([...played, ...cases.slice(played.length)]))
        else expect(screen.join('\n')).toBe(one.screen.join('\n'))
      })
    }
  })
}
