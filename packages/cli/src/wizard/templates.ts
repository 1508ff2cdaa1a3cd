import type { JsonObject } from '@squall/contract'

/** Experiments to begin with; each is valid as it is. */
export const templates: Readonly<Record<string, JsonObject>> = {
  minimal: { method: [] },
  http: {
    configuration: { url: { type: 'env', key: 'SERVICE_URL', default: 'http://localhost:8080/' } },
    'steady-state-hypothesis': {
      title: 'The service answers',
      probes: [
        {
          type: 'probe',
          name: 'the service answers with 200',
          tolerance: 200,
          provider: { type: 'http', url: '${url}', timeout: 3 },
        },
      ],
    },
    method: [
      {
        type: 'probe',
        name: 'ask once more',
        provider: { type: 'http', url: '${url}', timeout: 3 },
      },
    ],
    rollbacks: [],
  },
  ports: {
    'steady-state-hypothesis': {
      title: 'Somebody listens on the port',
      probes: [
        {
          type: 'probe',
          name: 'port 8080 is taken',
          tolerance: true,
          provider: { type: 'ports', func: 'is_listening', arguments: { port: 8080 } },
        },
      ],
    },
    method: [
      {
        type: 'action',
        name: 'freeze what listens on port 8080',
        provider: { type: 'ports', func: 'pause', arguments: { port: 8080 } },
        pauses: { after: 2 },
      },
    ],
    rollbacks: [],
  },
  process: {
    'steady-state-hypothesis': {
      title: 'The check passes',
      probes: [
        {
          type: 'probe',
          name: 'the check passes',
          tolerance: 0,
          provider: { type: 'process', path: 'node', arguments: ['--version'], timeout: 10 },
        },
      ],
    },
    method: [],
    rollbacks: [],
  },
}
