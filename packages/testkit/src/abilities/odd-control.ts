import type { HookName, OpenControl } from '@squall/contract'

const levels = ['loader', 'experiment', 'hypothesis', 'method', 'rollback', 'activity'] as const
const hookNames: readonly HookName[] = levels.flatMap(
  (level) => [`before-${level}`, `after-${level}`] as const,
)
const others = ['configure', 'cleanup', 'onEvent'] as const

/** What of an open control nobody would call, in sentences. */
export function odditiesOf(open: OpenControl): readonly string[] {
  if (typeof open?.hooks !== 'object' || open.hooks === null) return ["it has no object 'hooks'"]
  const hooks = Object.entries(open.hooks).flatMap(([name, hook]) => {
    if (!hookNames.some((known) => known === name)) return [`'${name}' is no hook: ${likely(name)}`]
    return hook === undefined || typeof hook === 'function' ? [] : [`the hook '${name}' is no function`]
  })
  const parts = others.filter((name) => open[name] !== undefined && typeof open[name] !== 'function')
  return [...hooks, ...parts.map((name) => `'${name}' is no function`)]
}

/** `beforeActivity` and `before_activity_control` are meant well. */
function likely(name: string): string {
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z]|control$/g, '')
  const meant = hookNames.find((known) => plain(known) === plain(name))
  return meant ? `write '${meant}'` : `there are ${hookNames.join(', ')}`
}
