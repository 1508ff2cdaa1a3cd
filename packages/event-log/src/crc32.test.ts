import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { crc32Hex } from './crc32.ts'

it('knows the check value of CRC-32', () => {
  expect(crc32Hex(Buffer.from('123456789'), 0, 9)).toBe('cbf43926')
})

it('agrees with zlib on any slice of any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), fc.nat(300), (bytes, from, to) => {
      const [start, end] = [Math.min(from, bytes.length), Math.min(to, bytes.length)]
      expect(crc32Hex(bytes, start, end)).toBe(
        crc32(bytes.slice(start, Math.max(start, end)))
          .toString(16)
          .padStart(8, '0'),
      )
    }),
  )
})
