import { type ControlDeclaration, isObject } from '@squall/contract'
import type { z } from 'zod'

export interface ControlProblem {
  readonly message: string
}

/** What is wrong with the arguments of a control. Those that hold `${...}` are only known during the run. */
export async function argumentProblems(
  schema: z.ZodType,
  { name, provider }: ControlDeclaration,
): Promise<ControlProblem[]> {
  const args = isObject(provider.arguments) ? provider.arguments : {}
  const { error } = schema.safeParse(args)
  const known = (error?.issues ?? []).filter(({ path }) => !isVariable(at(args, path)))
  return known.map(({ path, message }) => ({
    message: `Arguments of the control '${name}': ${[...path, ''].join('.').replace(/\.$/, ': ')}${message}.`,
  }))
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (isContainer(inner) ? inner[key] : undefined), value)
}

function isContainer(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null
}

function isVariable(value: unknown): boolean {
  return typeof value === 'string' && value.includes('$')
}
