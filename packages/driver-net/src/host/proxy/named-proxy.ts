import { type Address, addressText, parseAddress } from '../../address.ts'
import { isHttpToxic, type Toxic } from '../../toxic-types.ts'
import { ApiError, badBody, missingField } from './api-error.ts'
import { HttpBack } from './http-back.ts'
import { type Fields, fieldsOf, flagOf, numberOf, textOf } from './request-body.ts'
import { TcpFront } from './tcp-front.ts'
import { ToxicList } from './toxic-list.ts'

/** A proxy as the API shows it. */
export interface ProxyView {
  readonly name: string
  readonly listen: string
  readonly upstream: string
  readonly enabled: boolean
  readonly http: boolean
  readonly seed: number
  readonly toxics: readonly Toxic[]
}

const largestSeed = 4_294_967_295

/** A named proxy: where it listens, where it leads to, and its toxics. */
export class NamedProxy {
  readonly name: string
  readonly toxics: ToxicList
  readonly #http: boolean
  readonly #seed: number
  #listen: string
  #upstream: string
  #front: TcpFront | undefined
  #back: HttpBack | undefined

  /** Throws what is wrong with `fields`. It starts disabled. */
  constructor(fields: Fields, chance: () => number = Math.random) {
    this.name = textOf(fields, 'name', '')
    if (this.name === '') throw missingField('name')
    this.#upstream = textOf(fields, 'upstream', '')
    if (this.#upstream === '') throw missingField('upstream')
    this.#listen = textOf(fields, 'listen', '') || ':0'
    this.#http = flagOf(fields, 'http', false)
    this.#seed = numberOf(fields, 'seed', Math.floor(chance() * largestSeed), largestSeed)
    this.toxics = new ToxicList(this.#http, () => this.#use())
  }

  get view(): ProxyView {
    return {
      name: this.name,
      listen: this.#listen,
      upstream: this.#upstream,
      enabled: this.#front !== undefined,
      http: this.#http,
      seed: this.#seed,
      toxics: this.toxics.all,
    }
  }

  /** Whether it is as another one that is declared like this would be. */
  isLike(fields: Fields): boolean {
    return fields['listen'] === this.#listen && fields['upstream'] === this.#upstream
  }

  async start(): Promise<void> {
    if (this.#front) return
    const [listen, upstream] = [addressOf('listen', this.#listen), addressOf('upstream', this.#upstream)]
    const back = this.#http ? await HttpBack.listen(upstream, this.#seed) : undefined
    try {
      this.#front = await TcpFront.listen(listen, back?.address ?? upstream, this.#seed)
    } catch (error) {
      await back?.close()
      throw new ApiError(`listen tcp ${this.#listen}: ${(error as Error).message}`, 500)
    }
    this.#back = back
    this.#listen = addressText(this.#front.address)
    this.#use()
  }

  /** Refuses connections from now on, and ends those that are open. */
  async stop(): Promise<void> {
    const [front, back] = [this.#front, this.#back]
    this.#front = this.#back = undefined
    await front?.close()
    await back?.close()
  }

  async update(body: unknown): Promise<void> {
    const fields = fieldsOf(body)
    const listen = textOf(fields, 'listen', this.#listen)
    const upstream = textOf(fields, 'upstream', this.#upstream)
    const enabled = flagOf(fields, 'enabled', this.#front !== undefined)
    addressOf('listen', listen)
    addressOf('upstream', upstream)
    const moves = listen !== this.#listen || upstream !== this.#upstream
    if (moves || !enabled) await this.stop()
    this.#listen = listen
    this.#upstream = upstream
    if (enabled) await this.start()
  }

  #use(): void {
    this.#front?.use(this.toxics.all.filter(({ type }) => !isHttpToxic(type)))
    this.#back?.use(this.toxics.all.filter(({ type }) => isHttpToxic(type)))
  }
}

function addressOf(field: string, text: string): Address {
  const address = parseAddress(text)
  if (!address) throw badBody(`${field} must be an address such as 127.0.0.1:8080, not ${text}`)
  return address
}
