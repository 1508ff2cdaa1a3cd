import { LabError, reasonOf } from './lab-error.ts'
import type { Service } from './service.ts'

/** The gateway's list of backends, in the article's format. */
export interface GatewayConfig {
  readonly datasource: readonly string[]
  readonly datashow: readonly string[]
}

const keyOf = { datasource: 'datasource', showdata: 'datashow' } as const

export function backendsOf(config: GatewayConfig, service: Service): readonly string[] {
  return config[keyOf[service]]
}

/** Reads the text of `conf/gateway.json`. Throws `LabError` when it is not such a file. */
export function parseGatewayConfig(text: string, file: string): GatewayConfig {
  const config = parsed(text, file)
  for (const key of ['datasource', 'datashow'] as const) {
    const urls = config[key]
    if (!Array.isArray(urls) || !urls.every((url) => typeof url === 'string' && isHttpUrl(url))) {
      throw unusable(file, `'${key}' is not a list of http URLs`)
    }
  }
  return config as unknown as GatewayConfig
}

export function withBackend(config: GatewayConfig, service: Service, url: string): GatewayConfig {
  const others = backendsOf(config, service).filter((other) => other !== url)
  return { ...config, [keyOf[service]]: [...others, url].toSorted() }
}

export function withoutBackend(config: GatewayConfig, service: Service, url: string): GatewayConfig {
  return { ...config, [keyOf[service]]: backendsOf(config, service).filter((other) => other !== url) }
}

function parsed(text: string, file: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch (cause) {
    throw unusable(file, reasonOf(cause), cause)
  }
  throw unusable(file, 'it is not an object')
}

function unusable(file: string, reason: string, cause?: unknown): LabError {
  return new LabError(
    'LAB_CONFIGURATION',
    `The gateway configuration '${file}' cannot be used: ${reason}.`,
    'It looks like {"datasource": ["http://127.0.0.1:8080"], "datashow": ["http://127.0.0.1:8090"]}.',
    { cause },
  )
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'http:'
}
