import { expect, it } from 'vitest'
import { handlesWake } from './handles-wake.ts'

it.each([
  { name: 'Node.js as it starts', caught: '0000000100004602', handles: true },
  { name: 'a program that handles SIGINT only', caught: '0000000000000002', handles: false },
])('sees whether SIGUSR1 is handled by $name', ({ caught, handles }) => {
  expect(handlesWake(`Name:\tnode\nSigCgt:\t${caught}\n`)).toBe(handles)
})

it('sees no handler where the system does not tell', () => expect(handlesWake('')).toBe(false))
