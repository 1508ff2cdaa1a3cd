import { readFile } from 'node:fs/promises'
import { errorTable } from '@squall/contract'
import { expect, it } from 'vitest'
import * as core from '../src/index.ts'

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
const example = await readFile(new URL('./readme-example.test.ts', import.meta.url), 'utf8')

it('shows the example that is tested', () => {
  expect(readme).toContain(`\`\`\`ts\n${example}\`\`\`\n`)
})

it('names everything that can be imported', () => {
  const missing = Object.keys(core).filter((name) => !readme.includes(`\`${name}`))
  expect(missing).toEqual([])
})

it('names only errors that there are', () => {
  const named = readme.match(/SQUALL_[A-Z_]+/g) ?? []
  expect(named.length).toBeGreaterThan(10)
  expect(named.filter((code) => !(code in errorTable))).toEqual([])
})
