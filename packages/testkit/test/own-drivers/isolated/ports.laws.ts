import type { JsonObject, JsonValue } from '@squall/contract'
import driver from '@squall/driver-ports'
import { describe, it } from 'vitest'
import { driverLaws, type Outcome, type Sample } from '../../../src/index.ts'
import { builtDriver } from '../built.ts'
import { listeners } from './listeners.ts'

const three = [8080, 8081, 8082]
const first = ([port = 0]: readonly number[]): JsonObject => ({ port })
const oneOfThem = (ports: readonly number[]): JsonObject => ({ port: [...ports], count: 1 })
const slowly = { signal: 'SIGTERM', grace: 30 }

/** The ports of the victims, as a choice that can be compared. */
const portsIn =
  (list: string) =>
  ({ result }: Outcome): JsonValue =>
    ((result as JsonObject)[list] as JsonObject[]).map(({ port }) => port ?? null)

const selection = [
  { input: { port: 'http' }, path: ['port'] },
  { input: { port: 8080, count: 0 }, path: ['count'] },
  { input: { name: 'node' }, path: [] },
]

const kill: Sample = {
  prepare: () => listeners(first),
  long: () => listeners((ports) => ({ ...first(ports), ...slowly }), { stubborn: true }),
  refuses: [...selection, { input: { port: 8080, signal: 'SIGSTOP' }, path: ['signal'] }],
}
const pause: Sample = { prepare: () => listeners(first), long: false, refuses: selection }
const aboutOnePort: Sample = {
  prepare: () => listeners(first),
  long: false,
  refuses: [{ input: { port: 0 }, path: ['port'] }],
}
const portFile = { port_file_path: 'ports.txt' }

const laws = driverLaws(() => driver, {
  driverFile: builtDriver('ports'),
  activities: {
    kill_services: {
      prepare: () => listeners(() => portFile, { ports: three }),
      long: () => listeners(() => ({ ...portFile, ...slowly }), { ports: three, stubborn: true }),
      refuses: [
        { input: {}, path: ['port_file_path'] },
        { input: { ...portFile, num: 'all' }, path: ['num'] },
      ],
      choice: ({ result }) => (result as JsonObject)['ports'] ?? null,
    },
    kill_services_by_ports: {
      prepare: () => listeners((ports) => ({ ports: [...ports] }), { ports: three }),
      long: () => listeners((ports) => ({ ports: [...ports], ...slowly }), { stubborn: true }),
      refuses: [
        { input: { ports: 'all' }, path: ['ports'] },
        { input: { ports: [8080, 0] }, path: ['ports', 1] },
      ],
    },
    kill: [
      kill,
      {
        ...kill,
        title: 'one of several',
        prepare: () => listeners(oneOfThem, { ports: three }),
        choice: portsIn('killed'),
      },
    ],
    pause: [
      pause,
      {
        ...pause,
        title: 'one of several',
        prepare: () => listeners(oneOfThem, { ports: three }),
        choice: portsIn('paused'),
      },
    ],
    resume: [
      { ...pause, prepare: () => listeners(first, { paused: true }) },
      {
        ...pause,
        title: 'one of several',
        prepare: () => listeners(oneOfThem, { ports: three, paused: true }),
        choice: portsIn('resumed'),
      },
    ],
    get_ports: {
      prepare: () => listeners(() => portFile),
      long: false,
      refuses: [{ input: { port_file_path: '' }, path: ['port_file_path'] }],
    },
    who_listens: aboutOnePort,
    is_listening: aboutOnePort,
    count_processes: {
      prepare: () => listeners(() => ({ name: '*listener.js*' })),
      long: false,
      refuses: [{ input: {}, path: ['name'] }],
    },
  },
})

describe('driver-ports', () => {
  for (const law of laws) it(law.name, law.check)
})
