import { describe, expect, it } from 'vitest'
import { parseText } from '../load/parse-text.ts'
import { editSettings } from './edit-settings.ts'

const text = `# Mine.
runtime:
  rollbacks:
    strategy: always # also when it went wrong
octal: 010
when: 2026-01-02
answer: yes
list: [1, {a: b}]
base: &base {x: 1}
derived:
  <<: *base
`

const edit = (change: Parameters<typeof editSettings>[2], of = text) => editSettings(of, 's.yaml', change)

describe('editSettings', () => {
  it('changes one entry and leaves every other line as it is', async () => {
    const edited = await edit({ path: ['runtime', 'rollbacks', 'strategy'], value: 'never' })
    expect(edited).toBe(text.replace('always #', 'never #'))
  })

  it('removes an entry', async () => {
    expect(await edit({ path: ['octal'], remove: true })).toBe(text.replace('octal: 010\n', ''))
    expect(await edit({ path: ['list', 0], remove: true })).toContain('list: [{a: b}]')
  })

  it.each([true, 3.5, null, 'yes', '010', '', 'a: b', [1, 'x'], { deep: { er: ['on'] } }, [], {}])(
    '%j is read again as it was set',
    async (value) => {
      const edited = await edit({ path: ['new', 'yes', 'key.with.dots'], value })
      const read = (await parseText(edited, 'yaml', 's.yaml')) as { new: object }
      expect(read.new).toEqual({ yes: { 'key.with.dots': value } })
    },
  )

  it('appends to a list, and to an object that is there', async () => {
    expect(await edit({ path: ['list', 2], value: 'end' })).toContain('list: [1, {a: b}, end]')
    expect(await edit({ path: ['base', 'on'], value: 1 })).toContain("base: &base {x: 1, 'on': 1}")
  })

  it('begins a file', async () => {
    expect(await edit({ path: ['a', 'b'], value: 1 }, '')).toBe('a:\n  b: 1\n')
  })

  it.each([
    { name: 'an entry of an anchor', path: ['derived', 'x'], of: text },
    { name: 'an entry below a text', path: ['answer', 'x'], of: text },
    { name: 'an entry of a list by name', path: ['list', 'x'], of: text },
    { name: 'a file that is not YAML', path: ['a'], of: 'a: [' },
  ])('$name is refused with a reason', async ({ path, of }) => {
    await expect(edit({ path, remove: true }, of)).rejects.toMatchObject({
      code: 'SQUALL_SETTINGS_INVALID',
    })
  })
})
