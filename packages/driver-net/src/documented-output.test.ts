import { readFileSync } from 'node:fs'
import { manifestOf } from '@squall/contract'
import { expect, it } from 'vitest'
import driver from './index.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const { activities } = manifestOf(driver)

it.each(Object.entries(activities))('describes %s and its arguments', (name, { args }) => {
  const names = [name, ...Object.keys(args.properties ?? {})]
  expect(names.filter((word) => !readme.includes(`\`${word}\``))).toEqual([])
})

it('has the headings every driver has, in their order', () => {
  const headings = [...readme.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)
  const usual = ['Install', 'Try it', 'Activities', 'What it touches and how it undoes it', 'Platforms']
  expect(headings).toEqual([...usual, 'Errors', 'Limits'])
})
