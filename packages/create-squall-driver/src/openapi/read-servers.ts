import type { DocumentNode } from './document-node.ts'
import type { Server } from './operation.ts'

/** Where the operations of a document are served: one key of the configuration for each address. */
export class Servers {
  readonly all: Server[] = []
  private readonly driver: string

  constructor(driver: string, root: DocumentNode) {
    this.driver = driver
    this.keyOf(root)
  }

  /** The key for the address that the first of these places names; the first key where none does. */
  keyOf(...places: readonly DocumentNode[]): string {
    const first = places.flatMap((place) => place.get('servers').items)[0]
    const url = first && addressOf(first)
    const known = this.all.find((server) => first === undefined || server.url === url)
    if (known) return known.key
    const key = this.all.length === 0 ? `${this.driver}_url` : `${this.driver}_url_${this.all.length + 1}`
    this.all.push({ key, ...(url === undefined ? {} : { url }) })
    return key
  }
}

/** With the usual values of its variables; undefined for one that only says where on the same host. */
function addressOf(server: DocumentNode): string | undefined {
  const template = server.get('url').text ?? ''
  const url = template.replaceAll(/\{([^{}]+)\}/g, (whole, name: string) => {
    const usual = server.get('variables').get(name).get('default').value
    return usual === undefined ? whole : String(usual)
  })
  const isWhole = URL.canParse(url) && /^https?:/i.test(url)
  return isWhole ? url.replace(/\/+$/, '') : undefined
}
