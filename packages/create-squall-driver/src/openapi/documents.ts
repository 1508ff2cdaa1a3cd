import path from 'node:path'
import { SquallError } from '@squall/contract'
import { type DocumentFile, readDocumentFile } from './document-file.ts'
import { DocumentNode } from './document-node.ts'
import { nearest } from './nearest.ts'

/** The files of an OpenAPI document: the one that was named, and those that it refers to. */
export class Documents {
  readonly root: DocumentNode
  private readonly files = new Map<string, DocumentFile>()
  private readonly directory: string

  /** `file` is relative to `directory`. */
  constructor(file: string, directory: string) {
    this.directory = directory
    this.root = DocumentNode.of(this.open(path.resolve(directory, file)))
  }

  /** What a node's `$ref` leads to, and the node itself where it has none. Throws `SQUALL_OPENAPI_INVALID`. */
  follow(node: DocumentNode): DocumentNode {
    const seen = new Set<string>()
    let at = node
    for (let target = this.target(at); target; target = this.target(at)) {
      if (seen.has(target.id)) throw invalid(node, `This reference leads back to itself.`)
      seen.add(target.id)
      at = target
    }
    return at
  }

  /** What the `$ref` of this node names, which may be a reference again; undefined where it has none. */
  target(node: DocumentNode): DocumentNode | undefined {
    const reference = node.get('$ref')
    if (reference.text === undefined) return undefined
    const [file = '', pointer = ''] = reference.text.split('#', 2)
    if (/^[a-z][a-z0-9+.-]+:/i.test(file)) {
      throw invalid(
        reference,
        `'${reference.text}' is on the network: only files beside the document are read.`,
      )
    }
    const start = file === '' ? node.file : this.referred(file, reference)
    return this.walk(DocumentNode.of(start), pointer, reference)
  }

  private walk(start: DocumentNode, pointer: string, reference: DocumentNode): DocumentNode {
    let at = start
    for (const step of pointer.split('/').slice(1)) {
      const key = plainKey(step)
      const next = Array.isArray(at.value) ? at.items[Number(key)] : at.get(key)
      if (next?.value === undefined) {
        const known = at.members.map(([name]) => name)
        const like = nearest(key, known)
        const hint = like === undefined ? {} : { hint: `Did you mean '${like}' in place of '${key}'?` }
        throw invalid(reference, `'${reference.text}' leads nowhere: there is no '${key}'.`, hint)
      }
      at = next
    }
    return at
  }

  private referred(file: string, reference: DocumentNode): DocumentFile {
    const target = path.resolve(path.dirname(reference.file.path), decodeURI(file))
    try {
      return this.open(target)
    } catch (cause) {
      if ((cause as { code?: string }).code !== 'SQUALL_OPENAPI_UNREADABLE') throw cause
      throw invalid(reference, `'${reference.text}' names a file that cannot be read.`, { cause })
    }
  }

  private open(target: string): DocumentFile {
    const known = this.files.get(target)
    if (known) return known
    const read = readDocumentFile(target, path.relative(this.directory, target))
    this.files.set(target, read)
    return read
  }
}

/** Says what is wrong with the document at this node. */
export function invalid(
  node: DocumentNode,
  reason: string,
  options: { hint?: string; cause?: unknown } = {},
): SquallError {
  const problems = `  ${node.place}: ${reason}`
  return new SquallError('SQUALL_OPENAPI_INVALID', { file: node.file.name, problems }, options)
}

function plainKey(step: string): string {
  const unescaped = step.replaceAll('~1', '/').replaceAll('~0', '~')
  try {
    return decodeURIComponent(unescaped)
  } catch {
    // A percent sign that stands for itself.
    return unescaped
  }
}
