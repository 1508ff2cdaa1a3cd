// The few things the house rules need to know about a syntax tree.
import { parseAst } from 'rolldown/parseAst'

export function parse(file, text) {
  const program = parseAst(text, { lang: /\.[mc]?ts$/.test(file) ? 'ts' : 'js' }, file)
  return { program, lineAt: (offset) => text.slice(0, offset).split('\n').length }
}

/** The nodes directly below `node`, in source order. */
export function childrenOf(node) {
  return Object.values(node)
    .flat()
    .filter((value) => typeof value?.type === 'string')
}

/** Calls `visit` with every node of the tree. */
export function walk(node, visit) {
  visit(node)
  for (const child of childrenOf(node)) walk(child, visit)
}
