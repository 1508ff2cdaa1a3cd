import type { Operation } from './operation.ts'

/** Notes for each operation that makes something which one removes it, going by their paths alone. */
export function removers(operations: readonly Operation[]): readonly Operation[] {
  return operations.map((operation) => {
    const { method, path } = operation
    if (!['POST', 'PUT'].includes(method)) return operation
    const remover = operations.find(
      (other) =>
        other.method === 'DELETE' &&
        (other.path === path ? method === 'PUT' : isBelow(other.path, path) && method === 'POST'),
    )
    return remover ? { ...operation, removedBy: remover.activity } : operation
  })
}

/** `/pets/{petId}` is one of `/pets`. */
function isBelow(path: string, parent: string): boolean {
  const base = parent.replace(/\/$/, '')
  return path.startsWith(`${base}/`) && /^\{[^{}/]+\}\/?$/.test(path.slice(base.length + 1))
}
