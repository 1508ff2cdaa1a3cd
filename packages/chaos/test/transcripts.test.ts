import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { playTranscript } from './play-transcript.ts'

// Each file is commands and full output. `REWRITE=1 npx vitest run packages/chaos/test/transcripts.test.ts` writes the
// output anew; read the difference before you commit it.

const folder = new URL('transcripts/', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.txt'))

it('has a transcript for twenty scenarios', () => {
  expect(names.length).toBeGreaterThanOrEqual(20)
})

it.each(names)('%s', (name) => {
  const file = new URL(name, folder)
  const text = readFileSync(file, 'utf8')
  const played = playTranscript(text)
  if (process.env['REWRITE']) writeFileSync(file, played)
  else expect(played).toBe(text)
})
