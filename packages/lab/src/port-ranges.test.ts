import { expect, it } from 'vitest'
import { readPorts, writePorts } from './port-ranges.ts'
import { portsFrom } from './service.ts'

it.each([
  { name: 'no port', ports: [], text: '' },
  { name: 'one port', ports: [5000], text: '5000' },
  { name: 'the range of a service', ports: portsFrom(8080), text: '8080-8089' },
  {
    name: 'the range in the order of the second instance',
    ports: portsFrom(8080, 1),
    text: '8081-8089,8080',
  },
  { name: 'ports apart', ports: [8080, 8082, 8081], text: '8080,8082,8081' },
])('writes $name and reads it back', ({ ports, text }) => {
  expect(writePorts(ports)).toBe(text)
  expect(readPorts(text)).toEqual(ports)
})
