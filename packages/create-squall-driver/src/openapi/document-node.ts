import { isObject } from '@squall/contract'
import type { DocumentFile } from './document-file.ts'

/** A value of an OpenAPI document that knows where it stands. */
export class DocumentNode {
  readonly file: DocumentFile
  readonly keys: readonly string[]
  readonly value: unknown

  constructor(file: DocumentFile, keys: readonly string[], value: unknown) {
    this.file = file
    this.keys = keys
    this.value = value
  }

  /** The whole of a file. */
  static of(file: DocumentFile): DocumentNode {
    return new DocumentNode(file, [], file.value)
  }

  /** The same for the same place of the same file. */
  get id(): string {
    return `${this.file.path}#${this.keys.map((key) => `/${key}`).join('')}`
  }

  /** What lies below a key; its value is undefined where there is nothing. */
  get(key: string): DocumentNode {
    const value = isObject(this.value) && Object.hasOwn(this.value, key) ? this.value[key] : undefined
    return new DocumentNode(this.file, [...this.keys, key], value)
  }

  /** The members of an object with their keys; none for anything else. */
  get members(): readonly (readonly [key: string, node: DocumentNode])[] {
    return isObject(this.value) ? Object.keys(this.value).map((key) => [key, this.get(key)]) : []
  }

  /** The items of a list; none for anything else. */
  get items(): readonly DocumentNode[] {
    if (!Array.isArray(this.value)) return []
    return this.value.map((item, index) => new DocumentNode(this.file, [...this.keys, String(index)], item))
  }

  /** The text that is there, if it is one. */
  get text(): string | undefined {
    return typeof this.value === 'string' && this.value.trim() !== '' ? this.value : undefined
  }

  /** `file:line:column`. */
  get place(): string {
    return this.file.place(this.keys)
  }
}
