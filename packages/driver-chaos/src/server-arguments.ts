import path from 'node:path'
import { z } from 'zod'

/** A number, or a text that holds one: values from the environment arrive as text. */
export const number = (schema: z.ZodType<number, number>) =>
  z.union([
    schema,
    z
      .string()
      .regex(/^\d+(\.\d+)?$/, 'must be a number')
      .transform(Number)
      .pipe(schema),
  ])

/** Which server is meant, and how it lets us in. */
export const serverArguments = {
  server: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .default('http://127.0.0.1:19080')
    .describe('URL of a server with the Chaos routes, such as `squall chaos serve`.'),
  token: z
    .string()
    .optional()
    .describe('Token of the server; needed for what the wire format has no word for.'),
  store: z.string().optional().describe("The server's store, to read the token from."),
  timeout: number(z.number().min(1)).prefault(60).describe('Seconds that the server may take to answer.'),
}

export type ServerArguments = z.output<z.ZodObject<typeof serverArguments>>

/** The same, of use in another process: `store` is absolute. */
export function absolute(
  { server, token, store, timeout }: ServerArguments,
  directory: string,
): ServerArguments {
  return {
    server,
    timeout,
    ...(token !== undefined && { token }),
    ...(store !== undefined && { store: path.resolve(directory, store) }),
  }
}
