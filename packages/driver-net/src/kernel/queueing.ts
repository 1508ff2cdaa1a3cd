export interface Bandwidth {
  readonly rate_kbit: number
  readonly burst_kb: number
  readonly latency_ms: number
}

export interface Disorder {
  readonly delay_ms: number
  readonly jitter_ms: number
  readonly loss: number
  readonly duplicate: number
  readonly corrupt: number
  readonly reorder: number
}

/** Puts a queueing discipline of this handle on a device. */
export function qdiscAdd(device: string, handle: string, discipline: readonly string[]): readonly string[] {
  return ['tc', 'qdisc', 'add', 'dev', device, 'root', 'handle', handle, ...discipline]
}

export function tbf({ rate_kbit, burst_kb, latency_ms }: Bandwidth): readonly string[] {
  return ['tbf', 'rate', `${rate_kbit}kbit`, 'burst', `${burst_kb}kb`, 'latency', `${latency_ms}ms`]
}

export function netem(wish: Disorder): readonly string[] {
  const { delay_ms, jitter_ms } = wish
  const delay =
    delay_ms === 0 ? [] : ['delay', `${delay_ms}ms`, ...(jitter_ms === 0 ? [] : [`${jitter_ms}ms`])]
  const shares = (['loss', 'duplicate', 'corrupt', 'reorder'] as const).flatMap((name) =>
    wish[name] === 0 ? [] : [name, `${wish[name]}%`],
  )
  return ['netem', ...delay, ...shares]
}

/** A handle that is most likely nobody else's, from an identifier of hexadecimal digits. */
export function handleOf(id: string): string {
  return `${(0x1000 + (Number.parseInt(id.slice(0, 8), 16) % 0xe000)).toString(16)}:`
}
