import type { JsonValue } from '@squall/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutOutput, sizeOf, type WholeOutput } from './cut-output.ts'

const note = / (\d+) characters are left out here; kept over there \.\.\.\]/
const cut = (output: JsonValue, bytes: number): JsonValue =>
  cutOutput({ output }, bytes, 'kept over there').output

describe('an output that is too large', () => {
  it('keeps head and tail of a long text and says what is missing', () => {
    const text = `${'head '.repeat(400)}${'middle'.repeat(5000)}${' tail'.repeat(400)}`
    const short = String(cut(text, 2048))
    expect(short).toMatch(/^head head .*head \n?/)
    expect(short).toMatch(/ tail tail$/)
    expect(sizeOf(short)).toBeLessThanOrEqual(2048)
    const left = Number(note.exec(short)?.[1])
    const kept = short.split(/\n\[\.\.\. .* \.\.\.\]\n/).join('').length
    expect(left + kept).toBe(text.length)
  })

  it('keeps everything that is short', () => {
    const output = { status: 0, stdout: 'o'.repeat(9000), stderr: 'all is well', list: [1, null, true] }
    expect(cut(output, 4096)).toEqual({ ...output, stdout: expect.stringMatching(note) })
  })

  it('takes from the longest texts first', () => {
    const output = { small: 's'.repeat(600), large: 'l'.repeat(9000), larger: 'm'.repeat(20_000) }
    const { small, large, larger } = cut(output, 4096) as Record<string, string>
    expect(small).toBe(output.small)
    expect(Math.abs(String(large).length - String(larger).length)).toBeLessThan(10)
  })

  it('becomes a text where its size is not in texts', () => {
    const numbers = Array.from({ length: 9000 }, (_, number) => number)
    expect(cut(numbers, 2048)).toMatch(/^\[0,1,2,3.*left out here.*,8999\]$/s)
    expect(cut({ ['k'.repeat(9000)]: 1 }, 2048)).toMatch(note)
  })

  it('may be an exception', () => {
    const whole: WholeOutput = { output: null, exception: ['short\n', `Error: ${'long '.repeat(9000)}\n`] }
    const { output, exception } = cutOutput(whole, 4096, 'kept over there')
    expect({ output, first: exception?.[0] }).toEqual({ output: null, first: 'short\n' })
    expect(exception?.[1]).toMatch(note)
  })

  it('is not cut inside a character', () => {
    for (const length of [4096, 4097, 4098, 4099]) expect(cut('😀ä'.repeat(3000), length)).not.toContain('�')
  })

  it('always fits afterwards', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 3 }),
        fc.integer({ min: 20_000, max: 90_000 }),
        (value, length) => {
          const output = { value, text: 'x'.repeat(length), more: ['ä'.repeat(length)] } as JsonValue
          const short = cut(output, 16_384)
          expect(Buffer.byteLength(JSON.stringify(short))).toBeLessThan(16_384 + 1024)
        },
      ),
      { seed: 5, numRuns: 100 },
    )
  })
})
