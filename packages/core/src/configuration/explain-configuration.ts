import { isObject, type JsonObject, type JsonValue, type SquallError } from '@squall/contract'
import { announces } from '../redact/named-secrets.ts'
import { configurationReferences, type Declared, secretReferences } from './find-references.ts'
import { type Environment, loadConfiguration, type Overrides } from './load-configuration.ts'
import type { Reference } from './references.ts'
import { textOf } from './text-of.ts'

export interface ExplainedValue {
  /** Such as `configuration.url` or `secrets.api.token`. */
  readonly name: string
  /** Where it comes from, for a person. */
  readonly source: string
  /** As JSON; `[secret]` for what must not be shown. Absent where there is none, or none yet. */
  readonly value?: string
  /** Why there is no value. */
  readonly problem?: string
}

export interface ExplainOptions {
  readonly environment: Environment
  readonly overrides?: Overrides
  /** Says where an override comes from, such as `--var`. */
  readonly originOf: (section: 'configuration' | 'secrets', name: string) => string
  /** Whether a driver reads secrets of this type. */
  readonly isResolver: (type: string) => boolean
}

/**
 * Says where each value of `configuration` and `secrets` comes from: the experiment, an environment variable, its
 * default, an override, a resolver, or a probe that is asked when the run starts. Asks nobody, so the last two have no
 * value yet. Secrets are masked.
 */
export function explainConfiguration(declared: Declared, options: ExplainOptions): ExplainedValue[] {
  const { overrides = {}, isResolver } = options
  const references = [
    ...configurationReferences(declared, overrides, isResolver),
    ...secretReferences(declared, overrides, isResolver),
  ]
  const explainer = new Explainer(references, options)
  return [
    ...Object.entries(declared.configuration).map(([name, entry]) => explainer.configuration(name, entry)),
    ...Object.entries(declared.secrets).flatMap(([name, group]) => explainer.group(name, group)),
    ...explainer.unused(declared),
  ]
}

const mask = '[secret]'

class Explainer {
  readonly #readBy: ReadonlyMap<string, string>
  readonly #options: ExplainOptions

  constructor(references: readonly Reference[], options: ExplainOptions) {
    this.#readBy = new Map(references.map(({ path, source }) => [path.join('.'), source]))
    this.#options = options
  }

  configuration(name: string, declared: JsonValue): ExplainedValue {
    const at = `configuration.${name}`
    const given = own(this.#options.overrides?.configuration, name)
    const entry = given ?? declared
    const origin = given === undefined ? undefined : this.#options.originOf('configuration', name)
    const reader = this.#readBy.get(at)
    if (reader !== undefined) return { name: at, source: joined(origin, `read from ${reader} at the start`) }
    if (isObject(entry) && entry['type'] === 'probe')
      return { name: at, source: joined(origin, `answer of a ${providerOf(entry)} probe at the start`) }
    const isVariable = isObject(entry) && entry['type'] === 'env'
    const source = isVariable ? this.#variable(entry as JsonObject) : 'the experiment'
    const hidden = announces.test(name) || (isVariable && announces.test(textOf(entry['key'])))
    return {
      name: at,
      source: isVariable ? joined(origin, source) : (origin ?? source),
      ...this.#value(name, entry, hidden),
    }
  }

  #value(name: string, entry: JsonValue, hidden: boolean): { value: string } | { problem: string } {
    let problem: SquallError | undefined
    const report = (_path: unknown, error: SquallError): void => {
      problem = error
    }
    const loaded = loadConfiguration({ [name]: entry }, this.#options.environment, {}, report)
    // The message of a failed conversion tells the value.
    if (problem) return { problem: hidden ? `'${name}' has no usable value.` : problem.message }
    return { value: hidden ? mask : JSON.stringify(loaded[name]) }
  }

  #variable(entry: JsonObject): string {
    const key = textOf(entry['key'])
    const isSet = own(this.#options.environment, key) !== undefined
    if (isSet || !('default' in entry)) return `environment variable ${key}`
    return `default, since the environment variable ${key} is not set`
  }

  group(name: string, declared: JsonValue): ExplainedValue[] {
    const given = own(this.#options.overrides?.secrets, name)
    if (given !== undefined) {
      const source = this.#options.originOf('secrets', name)
      return [{ name: `secrets.${name}`, source, value: mask }]
    }
    return this.#secret(`secrets.${name}`, declared)
  }

  #secret(name: string, entry: JsonValue): ExplainedValue[] {
    const reader = this.#readBy.get(name)
    if (reader !== undefined) return [{ name, source: `read from ${reader} at the start` }]
    if (!isObject(entry)) return [{ name, source: 'the experiment', value: mask }]
    if (entry['type'] === 'env') return [this.#secretVariable(name, textOf(entry['key']))]
    return Object.entries(entry).flatMap(([key, item]) => this.#secret(`${name}.${key}`, item as JsonValue))
  }

  #secretVariable(name: string, key: string): ExplainedValue {
    const source = `environment variable ${key}`
    return own(this.#options.environment, key) === undefined
      ? { name, source, problem: `The environment variable ${key} is not set.` }
      : { name, source, value: mask }
  }

  /** Overrides replace what the experiment declares and nothing else (spec 3.1). */
  unused(declared: Declared): ExplainedValue[] {
    return (['configuration', 'secrets'] as const).flatMap((section) =>
      Object.keys(this.#options.overrides?.[section] ?? {})
        .filter((name) => !Object.hasOwn(declared[section], name))
        .map((name) => ({
          name: `${section}.${name}`,
          source: `${this.#options.originOf(section, name)}, not used: the experiment does not declare it`,
        })),
    )
  }
}

function own<Value>(object: Readonly<Record<string, Value>> | undefined, key: string): Value | undefined {
  return object && Object.hasOwn(object, key) ? object[key] : undefined
}

function joined(origin: string | undefined, source: string): string {
  return origin === undefined ? source : `${origin}: ${source}`
}

function providerOf(entry: Readonly<Record<string, unknown>>): string {
  return isObject(entry['provider']) ? textOf(entry['provider']['type']) : 'broken'
}
