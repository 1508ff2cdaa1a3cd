import { expect, it } from 'vitest'
import { closest } from './closest.ts'

const known = ['kill_services', 'kill_services_by_ports', 'get_ports', 'pause']

it.each([
  { word: 'kill_servces', near: 'kill_services' },
  { word: 'KILL_SERVICES', near: 'kill_services' },
  { word: 'get_port', near: 'get_ports' },
  { word: 'pasue', near: 'pause' },
  { word: 'kill_services_by_port', near: 'kill_services_by_ports' },
  { word: 'resume', near: undefined },
  { word: '', near: undefined },
])('$word is near to $near', ({ word, near }) => {
  expect(closest(word, known)).toBe(near)
})

it('knows nothing near when nothing is known', () => {
  expect(closest('word', [])).toBeUndefined()
})
