import {
  type ControlDeclaration,
  isObject,
  isSquallError,
  type JsonObject,
  type ProviderFields,
} from '@squall/contract'
import { textOf } from '../configuration/text-of.ts'
import type { DriverRegistry, ResolvedControl } from '../drivers/registry.ts'
import { reasonOf } from '../run/exception-lines.ts'
import { copyJson } from '../run/json-result.ts'
import type { PlacedControl } from './controls-of.ts'
import type { Path, Problems } from './problem.ts'

export interface ControlCheck {
  readonly registry: DriverRegistry
  readonly directory: string
}

/** Asks whoever runs each control what is wrong with its declaration (spec 17.1). */
export async function checkControlProviders(
  controls: readonly PlacedControl[],
  check: ControlCheck,
  problems: Problems,
): Promise<void> {
  for (const { control, path } of controls) {
    const { provider, ref } = control
    if (!isObject(provider) || ref) continue
    await checkProvider(
      control,
      provider as unknown as ProviderFields,
      [...path, 'provider'],
      check,
      problems,
    )
  }
}

async function checkProvider(
  control: JsonObject,
  provider: ProviderFields,
  path: Path,
  check: ControlCheck,
  problems: Problems,
): Promise<void> {
  if (typeof provider.type !== 'string') {
    const hint = 'Add `type`: `python`, or the name of a driver together with `control`.'
    problems.error('control-type-missing', path, 'The provider of the control has no type.', hint)
    return
  }
  if (provider.type === 'python' && !provider['module']) {
    const hint = 'Write the dotted path of a Python module under `module`.'
    problems.error('control-module-missing', path, 'The provider of the control has no module.', hint)
    return
  }
  const resolved = await resolve(provider, path, check.registry, problems)
  if (resolved) await ask(resolved, control, path, check, problems)
}

/** A type that nobody runs is let pass and does nothing, as in the reference; it is told. */
async function resolve(
  provider: ProviderFields,
  path: Path,
  registry: DriverRegistry,
  problems: Problems,
): Promise<ResolvedControl | undefined> {
  try {
    return await registry.resolveControl(provider)
  } catch (error) {
    if (!isSquallError(error)) throw error
    // Only squall knows controls by their name: no old file has one.
    const isNamed = provider['control'] !== undefined
    const report = isNamed ? problems.error : problems.warn
    const key = error.code === 'SQUALL_CONTROL_UNKNOWN' ? 'control' : 'type'
    report(error.code, [...path, key], error.message, error.hint)
    return undefined
  }
}

async function ask(
  { control: type, from }: ResolvedControl,
  control: JsonObject,
  path: Path,
  { registry, directory }: ControlCheck,
  problems: Problems,
): Promise<void> {
  const { name, provider } = copyJson(control)
  const declaration: ControlDeclaration = {
    name: textOf(name ?? ''),
    provider: provider as unknown as ProviderFields,
    isGlobal: false,
  }
  try {
    const issues = await type.validate?.(declaration, { directory, options: registry.optionsOf(from) })
    for (const { message, hint, level } of issues ?? []) {
      const report = level === 'warning' ? problems.warn : problems.error
      report('control-provider', path, message, hint ?? `See the README of ${from.name}.`)
    }
  } catch (error) {
    const message = `${from.name} failed while it checked this control: ${reasonOf(error)}.`
    problems.error('control-check', path, message, 'Report this to the author of the driver.')
  }
}
