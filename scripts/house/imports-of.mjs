import { walk } from './syntax.mjs'

/**
 * Everything a module imports under a literal name: `{ specifier, line, isType, isDynamic, names }`.
 * An import with only inline `type` names counts as one of values: it is still there after compilation.
 */
export function importsOf({ program, lineAt }) {
  const found = []
  walk(program, (node) => {
    const source = sourceOf(node)
    if (source?.type !== 'Literal' || typeof source.value !== 'string') return
    found.push({
      specifier: source.value,
      line: lineAt(node.start),
      isType: node.type === 'TSImportType' || (node.importKind ?? node.exportKind) === 'type',
      isDynamic: node.type === 'ImportExpression',
      names: (node.specifiers ?? []).map((entry) => entry.imported?.name ?? entry.type),
    })
  })
  return found
}

function sourceOf(node) {
  if (node.type === 'CallExpression') return node.callee.name === 'require' ? node.arguments[0] : undefined
  const kinds = [
    'ImportDeclaration',
    'ExportNamedDeclaration',
    'ExportAllDeclaration',
    'ImportExpression',
    'TSImportType',
  ]
  return kinds.includes(node.type) ? node.source : undefined
}
