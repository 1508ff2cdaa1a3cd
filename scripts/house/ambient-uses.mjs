// Finds where a module takes time, chance or the process from thin air. A parameter called `process` is none of that,
// so names are looked up in their scopes; types are left out, since `typeof fetch` calls nothing.
import { childrenOf } from './syntax.mjs'

const banned = [
  ...['process', 'performance', 'setTimeout', 'setInterval', 'setImmediate'],
  ...['fetch', 'WebSocket', 'EventSource', 'globalThis', 'global'],
]
const bannedMembers = {
  Date: ['now'],
  Math: ['random'],
  AbortSignal: ['timeout'],
  crypto: ['randomUUID', 'getRandomValues'],
}
const expressionsOfTypeScript = [
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
  'TSParameterProperty',
]

/** Every ambient use as `{ what, line }`. */
export function ambientUsesOf({ program, lineAt }) {
  const found = []
  visit(program, undefined, [], (node, what) => found.push({ what, line: lineAt(node.start) }))
  return found
}

function visit(node, parent, scopes, report) {
  if (isType(node) || isImport(node)) return
  const inside = [...scopes, namesDeclaredBy(node)]
  if (node.type === 'Identifier' && !inside.some((names) => names.includes(node.name))) {
    const what = ambientUse(node.name, node, parent)
    if (what) report(node, what)
  }
  for (const child of childrenOf(node)) {
    if (!isMereKey(child, node)) visit(child, node, inside, report)
  }
}

function ambientUse(name, node, parent) {
  if (banned.includes(name)) return name
  if (parent.type === 'MemberExpression' && parent.object === node) {
    const member = parent.property.name ?? parent.property.value
    return bannedMembers[name]?.includes(member) ? `${name}.${member}` : undefined
  }
  if (name !== 'Date' || parent.callee !== node) return undefined
  if (parent.type === 'CallExpression') return 'Date()'
  return parent.arguments.length === 0 ? 'new Date()' : undefined
}

function isType(node) {
  return node.type.startsWith('TS') && !expressionsOfTypeScript.includes(node.type)
}

function isImport(node) {
  return (
    ['ImportDeclaration', 'ExportAllDeclaration'].includes(node.type) ||
    Boolean(node.source && node.specifiers)
  )
}

function isMereKey(child, parent) {
  if (parent.computed) return false
  return (
    (parent.type === 'MemberExpression' && child === parent.property) ||
    child === parent.key ||
    child === parent.exported
  )
}

/** The names that exist within `node` because of it. `var` counts as block-scoped: the linter bans it. */
function namesDeclaredBy(node) {
  switch (node.type) {
    case 'Program':
    case 'BlockStatement':
    case 'StaticBlock':
      return node.body.flatMap(namesOfStatement)
    case 'SwitchStatement':
      return node.cases.flatMap((entry) => entry.consequent.flatMap(namesOfStatement))
    case 'ForStatement':
      return node.init ? namesOfStatement(node.init) : []
    case 'ForInStatement':
    case 'ForOfStatement':
      return namesOfStatement(node.left)
    case 'CatchClause':
      return namesOfPattern(node.param)
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return [...namesOfPattern(node.id), ...node.params.flatMap(namesOfPattern)]
    case 'ClassExpression':
      return namesOfPattern(node.id)
    default:
      return []
  }
}

function namesOfStatement(statement) {
  if (statement.declare) return []
  switch (statement.type) {
    case 'VariableDeclaration':
      return statement.declarations.flatMap(({ id }) => namesOfPattern(id))
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return namesOfPattern(statement.id)
    case 'ImportDeclaration':
      return statement.specifiers.map(({ local }) => local.name)
    case 'ExportNamedDeclaration':
      return statement.declaration ? namesOfStatement(statement.declaration) : []
    case 'ExportDefaultDeclaration':
      return namesOfStatement(statement.declaration)
    default:
      return []
  }
}

function namesOfPattern(pattern) {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name]
    case 'ObjectPattern':
      return pattern.properties.flatMap((entry) => namesOfPattern(entry.value ?? entry))
    case 'ArrayPattern':
      return pattern.elements.flatMap(namesOfPattern)
    case 'AssignmentPattern':
      return namesOfPattern(pattern.left)
    case 'RestElement':
      return namesOfPattern(pattern.argument)
    case 'TSParameterProperty':
      return namesOfPattern(pattern.parameter)
    default:
      return []
  }
}
