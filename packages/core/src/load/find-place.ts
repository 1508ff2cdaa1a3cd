import { Lines } from './line-and-column.ts'
import type { LoadedExperiment } from './source-text.ts'

/** Finds the place of a value in the file, given its path; where the path leads nowhere, its nearest parent. */
export type FindPlace = (path: readonly (string | number)[]) => { line: number; column: number } | undefined

/** Above this size only JSON gets places: a YAML parser with positions would take seconds. */
const largestYaml = 500_000

/** Reads the file once more, with positions. Only used to report problems. */
export async function placesOf(loaded: LoadedExperiment): Promise<FindPlace> {
  if (loaded.format === 'module') return () => undefined
  if (loaded.format === 'json') return jsonPlaces(loaded.text)
  return loaded.text.length > largestYaml ? () => undefined : yamlPlaces(loaded.text)
}

async function jsonPlaces(text: string): Promise<FindPlace> {
  const { findNodeAtLocation, parseTree } = await import('jsonc-parser')
  const tree = parseTree(text)
  const lines = new Lines(text)
  return (path) => {
    for (let length = path.length; tree && length >= 0; length -= 1) {
      const node = findNodeAtLocation(tree, path.slice(0, length))
      if (!node) continue
      const start = length > 0 && node.parent?.type === 'property' ? node.parent.offset : node.offset
      return lines.place(start)
    }
    return undefined
  }
}

async function yamlPlaces(text: string): Promise<FindPlace> {
  const { isMap, isScalar, LineCounter, parseDocument } = await import('yaml')
  const counter = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: counter,
    version: '1.1',
    uniqueKeys: false,
    logLevel: 'silent',
  })
  const offsetOf = (path: readonly (string | number)[]): number | undefined => {
    const parent = document.getIn(path.slice(0, -1), true)
    const last = path.at(-1)
    const pair = isMap(parent)
      ? parent.items.findLast(({ key }) => isScalar(key) && String(key.value) === String(last))
      : undefined
    const node = (pair?.key ?? document.getIn(path, true)) as
      | { range?: [number, number, number] | null }
      | undefined
    return node?.range?.[0]
  }
  return (path) => {
    for (let length = path.length; length >= 0; length -= 1) {
      const offset = length === 0 ? 0 : offsetOf(path.slice(0, length))
      if (offset === undefined) continue
      const { line, col } = counter.linePos(offset)
      return { line, column: col }
    }
    return undefined
  }
}
