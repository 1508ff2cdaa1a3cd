import type { DriverNames } from '../driver-names.ts'
import { sampleAnswer, sampleStatus } from './accepted-answers.ts'
import type { Api, Operation } from './operation.ts'
import { sampleArguments } from './sample-files.ts'
import type { SampleValues } from './sample-value.ts'

/** An environment variable of the example, and a value to try it with. */
export interface Variable {
  readonly name: string
  readonly secret: string
}

const port = 8080

/** Where the sample server of the example listens. */
export const sampleAddress: string = `http://127.0.0.1:${port}`

/** An experiment that asks one thing, does one thing and asks again. */
export function experimentFile(names: DriverNames, api: Api, values: SampleValues): string {
  const used = exampleOperations(api)
  const needed = secretsOf(used, api)
  const { probe, action } = used
  const experiment = {
    title: `${api.title} answers`,
    description: 'Written from its OpenAPI document: begin with it, and break something of your own.',
    configuration: Object.fromEntries(api.servers.map(({ key }) => [key, addressOf(key)])),
    ...(needed.length === 0
      ? {}
      : {
          secrets: {
            [names.driver]: Object.fromEntries(
              variables(names, used, api).map(({ name, secret }) => [secret, { type: 'env', key: name }]),
            ),
          },
        }),
    ...(probe
      ? {
          'steady-state-hypothesis': {
            title: 'It answers as before',
            probes: [{ ...activityOf(probe, names, values), tolerance: sampleStatus(sampleAnswer(probe)) }],
          },
        }
      : {}),
    method: [activityOf(action ?? (probe as Operation), names, values)],
  }
  return `${JSON.stringify(experiment, null, 2)}\n`
}

function addressOf(key: string): object {
  return { type: 'env', key: key.toUpperCase(), default: sampleAddress }
}

interface Used {
  readonly probe: Operation | undefined
  readonly action: Operation | undefined
}

/** Those that need least. */
function exampleOperations({ operations }: Api): Used {
  const sorted = [...operations].sort((a, b) => weight(a) - weight(b))
  return {
    probe: sorted.find(({ kind }) => kind === 'probe'),
    action: sorted.find(({ kind }) => kind === 'action'),
  }
}

function weight({ parameters, method }: Operation): number {
  const order = ['GET', 'POST', 'PUT', 'PATCH', 'HEAD', 'OPTIONS', 'DELETE']
  return order.indexOf(method) + 10 * parameters.filter(({ required }) => required).length
}

function secretsOf({ probe, action }: Used, { schemes }: Api): readonly string[] {
  const asked = [probe, action].flatMap((operation) => operation?.security[0] ?? [])
  return [...new Set(asked.flatMap((name) => schemes[name]?.secrets ?? []))]
}

function variables(names: DriverNames, used: Used, api: Api): readonly Variable[] {
  return secretsOf(used, api).map((secret) => ({ name: `${names.driver}_${secret}`.toUpperCase(), secret }))
}

/** What the environment has to hold before the example can be run. */
export function exampleVariables(names: DriverNames, api: Api): readonly Variable[] {
  return variables(names, exampleOperations(api), api)
}

function activityOf(operation: Operation, { driver }: DriverNames, values: SampleValues): object {
  const input = sampleArguments(operation, values)
  const hasSecrets = operation.security.some((names) => names.length > 0)
  return {
    type: operation.kind,
    name: operation.activity.replaceAll('_', ' '),
    provider: {
      type: driver,
      func: operation.activity,
      ...(hasSecrets ? { secrets: [driver] } : {}),
      ...(Object.keys(input).length === 0 ? {} : { arguments: input }),
    },
  }
}
