import {
  type Attributes,
  attributeFlaw,
  completed,
  isHttpToxic,
  type Toxic,
  toxicTypes,
} from '../../toxic-types.ts'
import { badBody, invalidStream, invalidToxicType, toxicAlreadyExists, toxicNotFound } from './api-error.ts'
import { type Fields, fieldsOf, numberOf, textOf } from './request-body.ts'

/** The toxics of one proxy. A change puts another object in the place of a toxic. */
export class ToxicList {
  #toxics: readonly Toxic[] = []
  readonly #takesHttp: boolean
  readonly #changed: () => void

  constructor(takesHttp: boolean, changed: () => void) {
    this.#takesHttp = takesHttp
    this.#changed = changed
  }

  /** In the order in which Toxiproxy lists them: those of upstream first. */
  get all(): readonly Toxic[] {
    const of = (stream: string) => this.#toxics.filter((toxic) => toxic.stream === stream)
    return [...of('upstream'), ...of('downstream')]
  }

  get(name: string): Toxic {
    const toxic = this.#toxics.find((each) => each.name === name)
    if (!toxic) throw toxicNotFound()
    return toxic
  }

  add(body: unknown): Toxic {
    const fields = fieldsOf(body)
    const type = textOf(fields, 'type', '')
    const stream = textOf(fields, 'stream', '') || 'downstream'
    const name = textOf(fields, 'name', '') || `${type}_${stream}`
    const toxicity = numberOf(fields, 'toxicity', 1, 1)
    if (stream !== 'upstream' && stream !== 'downstream') throw invalidStream()
    const standard = toxicTypes[type]
    if (!standard) throw invalidToxicType()
    if (isHttpToxic(type) && !this.#takesHttp) throw badBody(`${type} needs a proxy with "http": true`)
    if (this.#toxics.some((each) => each.name === name)) throw toxicAlreadyExists()
    const toxic = { attributes: attributesOf(type, fields, standard), name, type, stream, toxicity } as const
    this.#put([...this.#toxics, toxic])
    return toxic
  }

  update(name: string, body: unknown): Toxic {
    const before = this.get(name)
    const fields = fieldsOf(body)
    const toxicity = numberOf(fields, 'toxicity', before.toxicity, 1)
    const toxic = { ...before, attributes: attributesOf(before.type, fields, before.attributes), toxicity }
    this.#put(this.#toxics.map((each) => (each === before ? toxic : each)))
    return toxic
  }

  remove(name: string): void {
    const gone = this.get(name)
    this.#put(this.#toxics.filter((each) => each !== gone))
  }

  clear(): void {
    this.#put([])
  }

  #put(toxics: readonly Toxic[]): void {
    this.#toxics = toxics
    this.#changed()
  }
}

function attributesOf(type: string, fields: Fields, base: Attributes): Attributes {
  const given = fieldsOf(fields['attributes'] ?? {})
  for (const [name, value] of Object.entries(given)) {
    const flaw = attributeFlaw(type, name, value)
    if (flaw !== null) throw badBody(flaw)
  }
  return completed(type, given, base)
}
