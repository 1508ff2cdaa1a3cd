import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPortFile } from './port-file.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'port-file-'))
})
afterAll(() => rm(folder, { recursive: true }))

it.each([
  { name: 'one port per line', text: '8080\n8081\n', ports: [8080, 8081] },
  { name: 'no newline at the end', text: '8080', ports: [8080] },
  { name: 'blank lines and spaces', text: '\n  8080  \n\n\t8081\n\n', ports: [8080, 8081] },
  { name: 'Windows line ends and a byte order mark', text: '\uFEFF8080\r\n8081\r\n', ports: [8080, 8081] },
  { name: 'the same port twice, in file order', text: '8081\n8080\n8081\n', ports: [8081, 8080] },
  { name: 'nothing', text: '', ports: [] },
])('reads $name', async ({ text, ports }) => {
  await writeFile(path.join(folder, 'ports.txt'), text)
  expect(await readPortFile('ports.txt', folder)).toEqual(ports)
})

it.each(['1; touch x; echo ', '0', '65536', '80 81', '-1', '8e3', '0x50', 'http'])(
  'names file and line of %j, which is no port',
  async (line) => {
    const file = path.join(folder, 'wrong.txt')
    await writeFile(file, `8080\n\n${line}\n`)
    await expect(readPortFile('wrong.txt', folder)).rejects.toMatchObject({
      code: 'SQUALL_ACTIVITY_FAILED',
      message: `${file}:3: '${line.trim()}' is not a port.`,
    })
  },
)

it('names a file that is not there', async () => {
  await expect(readPortFile('absent.txt', folder)).rejects.toMatchObject({
    code: 'SQUALL_ACTIVITY_FAILED',
    message: `There is no port file '${path.join(folder, 'absent.txt')}'.`,
  })
})

it('says why a folder cannot be read', async () => {
  await expect(readPortFile('.', folder)).rejects.toMatchObject({
    message: expect.stringContaining('EISDIR'),
  })
})
