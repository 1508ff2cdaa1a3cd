/** Which packets are meant; what is left out means any. */
export interface PacketMatch {
  /** Addresses or networks of the other side. */
  readonly peers: readonly string[]
  readonly protocol: 'any' | 'tcp' | 'udp'
  readonly local_port?: number | undefined
  readonly remote_port?: number | undefined
  /** Share of the packets, in percent. */
  readonly percent: number
}

export type Way = 'in' | 'out'

const verdicts = {
  drop: 'drop',
  // A reset that is the answer to a packet goes through here, too.
  reset: 'tcp flags & rst == 0 reject with tcp reset',
}

/** A table of nftables that does one thing to packets, in a form that `nft -f -` reads. */
export function nftTable(
  table: string,
  ways: readonly Way[],
  match: PacketMatch,
  verdict: keyof typeof verdicts,
): string {
  const chains = ways.flatMap((way) => [
    `  chain ${way} {`,
    `    type filter hook ${way}put priority -5; policy accept;`,
    ...rules(match, way).map((rule) => `    ${[...rule, verdicts[verdict]].join(' ')}`),
    '  }',
  ])
  return [`table inet ${table} {`, ...chains, '}', ''].join('\n')
}

/** One rule for each family of addresses. */
function rules({ peers, ...match }: PacketMatch, way: Way): readonly (readonly string[])[] {
  const rest = [...ports(match, way), ...share(match.percent)]
  if (peers.length === 0) return [rest]
  const [four, six] = [peers.filter((peer) => !isSix(peer)), peers.filter(isSix)]
  const side = way === 'in' ? 'saddr' : 'daddr'
  return [
    { family: 'ip', of: four },
    { family: 'ip6', of: six },
  ].flatMap(({ family, of }) =>
    of.length === 0 ? [] : [[`${family} ${side} { ${of.join(', ')} }`, ...rest]],
  )
}

function ports(
  { protocol, local_port, remote_port }: Omit<PacketMatch, 'peers'>,
  way: Way,
): readonly string[] {
  const [to, from] = way === 'in' ? [local_port, remote_port] : [remote_port, local_port]
  const family = protocol === 'any' ? 'th' : protocol
  const known = [
    to === undefined ? [] : [`${family} dport ${to}`],
    from === undefined ? [] : [`${family} sport ${from}`],
  ].flat()
  if (known.length > 0 && protocol === 'any') return ['meta l4proto { tcp, udp }', ...known]
  return known.length > 0 || protocol === 'any' ? known : [`meta l4proto ${protocol}`]
}

function share(percent: number): readonly string[] {
  return percent >= 100 ? [] : [`numgen random mod 10000 < ${Math.round(percent * 100)}`]
}

const isSix = (peer: string): boolean => peer.includes(':')
