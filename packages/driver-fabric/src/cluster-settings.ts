import path from 'node:path'
import { type ActivityContext, ActivityFailed } from '@squall/contract'
import { z } from 'zod'

const text = z.string().optional()

/** Which cluster is meant. What is left out comes from the secrets that the activity names, then from `configuration`. */
export const clusterArguments = {
  endpoint: text.describe('URL of the management endpoint, such as `https://NAME:19080`.'),
  pem_path: text.describe('File with the client certificate and its key, relative to the experiment.'),
  cert_path: text.describe('File of the client certificate alone.'),
  key_path: text.describe('File of its key.'),
  ca_path: text.describe('File of the authorities to trust in place of the usual ones.'),
  verify_tls: z
    .boolean()
    .optional()
    .describe("Whether the cluster's own certificate is checked. Default true."),
  timeout: z.number().min(1).default(60).describe('Seconds that the cluster may take to answer.'),
}

/** The same, complete and of use in another process: files are absolute. */
export const clusterSettings = z.strictObject({
  endpoint: z.string(),
  verify_tls: z.boolean(),
  timeout: z.number(),
  pem_path: text,
  pem_content: text.describe('Client certificate and key as text.'),
  cert_path: text,
  key_path: text,
  ca_path: text,
  passphrase: text.describe('Of the key.'),
})

export type ClusterArguments = z.output<z.ZodObject<typeof clusterArguments>>
export type ClusterSettings = z.output<typeof clusterSettings>

const files = ['pem_path', 'cert_path', 'key_path', 'ca_path'] as const
const secretTexts = ['pem_content', 'passphrase'] as const

/** Puts together what arguments, secrets and configuration say. Throws `ActivityFailed` where no cluster is named. */
export function settingsOf(
  args: ClusterArguments,
  { secrets, configuration, directory }: Pick<ActivityContext, 'secrets' | 'configuration' | 'directory'>,
): ClusterSettings {
  const at = (name: keyof ClusterArguments | 'pem_content' | 'passphrase'): unknown =>
    (args as Readonly<Record<string, unknown>>)[name] ?? secrets[name] ?? configuration[name]
  const absent = (name: string, value: unknown): object =>
    value === undefined || value === null || value === '' ? {} : { [name]: String(value) }
  const inFiles = files.map((name) => {
    const file = at(name)
    return absent(name, typeof file === 'string' && file !== '' ? path.resolve(directory, file) : undefined)
  })
  return Object.assign(
    { endpoint: endpointOf(at('endpoint'), configuration), timeout: args.timeout },
    { verify_tls: String(at('verify_tls') ?? true).toLowerCase() !== 'false' },
    ...inFiles,
    ...secretTexts.map((name) => absent(name, at(name))),
  ) as ClusterSettings
}

function endpointOf(given: unknown, configuration: ActivityContext['configuration']): string {
  if (typeof given === 'string' && /^https?:\/\/[^/]/.test(given)) return given
  const hint =
    configuration['config_path'] === undefined
      ? 'Give it as `endpoint` in `configuration` or in the arguments: https://NAME:19080.'
      : "`config_path` is not read: write what sfctl's file says as `endpoint` and `pem_path`."
  const reason = given === undefined ? 'is given' : `is '${String(given)}'`
  throw new ActivityFailed(`No URL of a Service Fabric cluster ${reason}.`, { hint })
}
