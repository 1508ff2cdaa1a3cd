import type { Change, JsonValue } from '@squall/contract'
import { type Rewriting, rewriteJson } from './rewrite-json.ts'

/** A change without its secrets: in the experiment as the first event shows it, elsewhere as any other event does. */
export function redactedChange(
  change: Change,
  { experiment, rest }: { readonly experiment: Rewriting; readonly rest: Rewriting },
): Change {
  const rewriting = change.path[0] === 'experiment' ? experiment : rest
  const path = change.path.map((key) => (typeof key === 'string' ? rewriting.key(key) : key))
  if (change.op === 'splice')
    return { ...change, path, insert: change.insert.map((item) => rewriteJson(item, rewriting)) }
  if (change.op === 'remove' || change.value === undefined) return { ...change, path }
  return { ...change, path, value: rewriteJson(change.value as JsonValue, rewriting) }
}
