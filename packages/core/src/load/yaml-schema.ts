import { floatText, type JsonValue, writtenNumber } from '@squall/contract'
import { DEFAULT_SCHEMA, FAILSAFE_SCHEMA, type Schema, Type, YAMLException } from 'js-yaml'

/**
 * YAML 1.1 scalars as PyYAML's safe loader reads them (spec 29.1): yes/no/on/off are booleans but y/n are not, `010` is
 * octal, `1:30` is 90, `1_000` is 1000, `1e3` is text. Dates become their ISO text, as the journal shows them.
 */
const booleans = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/
const integer =
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/
const float =
  /^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
const date = /^\d{4}-\d\d-\d\d$/
const dateTime =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(?:(Z)|([-+])(\d\d?)(?::?(\d\d))?))?$/

function scalar(tag: string, matches: (text: string) => boolean, read: (text: string) => unknown): Type {
  return new Type(tag, { kind: 'scalar', resolve: (text) => text !== null && matches(text), construct: read })
}

function sexagesimal(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1
  return (
    sign *
    text
      .replace(/^[-+]/, '')
      .split(':')
      .reduce((total, part) => total * 60 + Number(part), 0)
  )
}

function readInteger(text: string): JsonValue {
  const plain = text.replaceAll('_', '')
  const digits = plain.replace(/^[-+]/, '')
  if (digits.includes(':')) return sexagesimal(plain)
  const isOctal = /^0[0-7]+$/.test(digits)
  const size = BigInt(isOctal ? `0o${digits}` : digits)
  const value = plain.startsWith('-') ? -size : size
  return writtenNumber(Number(value), String(value))
}

function readFloat(text: string): JsonValue {
  const value = floatOf(text)
  return writtenNumber(value, floatText(value))
}

function floatOf(text: string): number {
  const plain = text.replaceAll('_', '').toLowerCase()
  if (plain.endsWith('.inf'))
    return plain.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  if (plain.endsWith('.nan')) return Number.NaN
  return plain.includes(':') ? sexagesimal(plain) : Number(plain)
}

function readTimestamp(text: string): string {
  const written = date.test(text) ? text : readDateTime(text)
  const found = parts.exec(written)?.map((part) => Number(part ?? 0)) ?? []
  const [, year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
  const moment = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  const isReal =
    moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day && moment.getUTCHours() === hour
  if (isReal && minute < 60 && second < 60) return written
  throw new YAMLException(`there is no such date as ${text}; put it in quotes if it is a text`)
}

const parts = /^(\d+)-(\d+)-(\d+)(?:T(\d+):(\d+):(\d+))?/

function readDateTime(text: string): string {
  const [, year, month, day, hour, minute, second, fraction, utc, sign, zoneHour, zoneMinute] =
    dateTime.exec(text) ?? []
  const two = (part: string | undefined): string => (part ?? '0').padStart(2, '0')
  const digits = (fraction ?? '').padEnd(6, '0').slice(0, 6)
  const micros = digits === '000000' ? '' : `.${digits}`
  const offset = sign ? `${sign}${two(zoneHour)}:${two(zoneMinute)}` : ''
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${second}${micros}${utc ? '+00:00' : offset}`
}

const merge = new Type('tag:yaml.org,2002:merge', {
  kind: 'scalar',
  resolve: (text) => text === '<<' || text === null,
})
const binary = scalar(
  'tag:yaml.org,2002:binary',
  () => true,
  (text) => Buffer.from(text, 'base64').toString(),
)

const implicit: Type[] = [
  new Type('tag:yaml.org,2002:null', {
    kind: 'scalar',
    resolve: (text) => text === null || /^(?:~|null|Null|NULL|)$/.test(text),
    construct: () => null,
  }),
  scalar(
    'tag:yaml.org,2002:bool',
    (text) => booleans.test(text),
    (text) => /^(?:yes|true|on)$/i.test(text),
  ),
  scalar('tag:yaml.org,2002:int', (text) => integer.test(text), readInteger),
  // An integer gets here only when its tag says float.
  scalar('tag:yaml.org,2002:float', (text) => float.test(text) || integer.test(text), readFloat),
  scalar('tag:yaml.org,2002:timestamp', (text) => date.test(text) || dateTime.test(text), readTimestamp),
  merge,
]

export const pyYamlSchema: Schema = FAILSAFE_SCHEMA.extend({ implicit, explicit: [binary] })

/** For writing: YAML 1.2, and texts that YAML 1.1 takes for something else get quotes too. */
export const writingSchema: Schema = DEFAULT_SCHEMA.extend({
  implicit: implicit.map(
    ({ resolve }, index) => new Type(`tag:squall,quoted:${index}`, { kind: 'scalar', resolve }),
  ),
})
