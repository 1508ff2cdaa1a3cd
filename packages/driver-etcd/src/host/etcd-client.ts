import { anySignal } from '@squall/contract'
import { Agent, request } from 'undici'
import { EtcdSilent, failureOf } from '../etcd-error.ts'

/** What a member says about itself. */
export interface MemberStatus {
  readonly clusterId: string
  readonly memberId: string
  /** Undefined when it knows none. */
  readonly leader: string | undefined
  readonly version: string
  readonly isLearner: boolean
  readonly term: number
  readonly applied: number
}

/** A member as the cluster lists it. */
export interface ListedMember {
  readonly id: string
  /** Empty until it has started for the first time. */
  readonly name: string
  readonly peerUrl: string
  readonly isLearner: boolean
}

interface Header {
  readonly cluster_id: string
  readonly member_id: string
  readonly raft_term?: string
}

/** etcd's JSON interface. Numbers of 64 bits come as texts; absent ones are zero. */
export class EtcdClient {
  readonly #agent = new Agent({ keepAliveTimeout: 1000, connect: { timeout: 1000 } })

  async status(url: string, signal: AbortSignal, limitMs = 2000): Promise<MemberStatus> {
    const answer = await this.call<{
      header: Header
      leader?: string
      version: string
      isLearner?: boolean
      raftTerm?: string
      raftAppliedIndex?: string
    }>(url, '/v3/maintenance/status', {}, signal, limitMs)
    return {
      clusterId: answer.header.cluster_id,
      memberId: answer.header.member_id,
      leader: answer.leader === '0' ? undefined : answer.leader,
      version: answer.version,
      isLearner: answer.isLearner ?? false,
      term: Number(answer.raftTerm ?? 0),
      applied: Number(answer.raftAppliedIndex ?? 0),
    }
  }

  async members(url: string, signal: AbortSignal): Promise<ListedMember[]> {
    const { members } = await this.call<{ members: RawMember[] }>(url, '/v3/cluster/member/list', {}, signal)
    return members.map(listed)
  }

  async addMember(url: string, peerUrl: string, signal: AbortSignal): Promise<ListedMember[]> {
    const body = { peerURLs: [peerUrl] }
    const answer = await this.call<{ members: RawMember[] }>(url, '/v3/cluster/member/add', body, signal)
    return answer.members.map(listed)
  }

  async removeMember(url: string, id: string, signal: AbortSignal): Promise<void> {
    await this.call(url, '/v3/cluster/member/remove', { ID: id }, signal)
  }

  /** Asked of the leader only. */
  async transferLeadership(url: string, targetId: string, signal: AbortSignal): Promise<void> {
    await this.call(url, '/v3/maintenance/transfer-leadership', { targetID: targetId }, signal)
  }

  async alarms(url: string, signal: AbortSignal): Promise<string[]> {
    const { alarms = [] } = await this.call<{ alarms?: { alarm?: string }[] }>(
      url,
      '/v3/maintenance/alarm',
      { action: 'GET' },
      signal,
    )
    return alarms.map(({ alarm }) => alarm ?? 'UNKNOWN')
  }

  async put(url: string, key: string, value: string, signal: AbortSignal): Promise<void> {
    await this.call(url, '/v3/kv/put', { key: encoded(key), value: encoded(value) }, signal)
  }

  async delete(url: string, key: string, signal: AbortSignal): Promise<void> {
    await this.call(url, '/v3/kv/deleterange', { key: encoded(key) }, signal)
  }

  /** Linearizable: needs a quorum. Undefined when there is no such key. */
  async get(url: string, key: string, signal: AbortSignal): Promise<string | undefined> {
    const { kvs = [] } = await this.call<{ kvs?: { value?: string }[] }>(
      url,
      '/v3/kv/range',
      { key: encoded(key) },
      signal,
    )
    const [found] = kvs
    return found && Buffer.from(found.value ?? '', 'base64').toString()
  }

  /** Whether the member can take part in a write right now. */
  async isHealthy(url: string, signal: AbortSignal): Promise<boolean> {
    try {
      const { body } = await request(`${url}/health`, {
        dispatcher: this.#agent,
        signal: anySignal([signal, AbortSignal.timeout(2000)]),
      })
      return ((await body.json()) as { health?: string }).health === 'true'
    } catch {
      signal.throwIfAborted()
      return false
    }
  }

  async call<Answer>(
    url: string,
    path: string,
    body: object,
    signal: AbortSignal,
    limitMs = 8000,
  ): Promise<Answer> {
    const { statusCode, text } = await this.#post(`${url}${path}`, body, signal, limitMs)
    if (statusCode === 200) return JSON.parse(text) as Answer
    throw failureOf(url, reasonIn(text))
  }

  close(): Promise<void> {
    return this.#agent.destroy()
  }

  async #post(url: string, body: object, signal: AbortSignal, limitMs: number) {
    try {
      const answer = await request(url, {
        method: 'POST',
        body: JSON.stringify(body),
        dispatcher: this.#agent,
        signal: anySignal([signal, AbortSignal.timeout(limitMs)]),
      })
      return { statusCode: answer.statusCode, text: await answer.body.text() }
    } catch (error) {
      signal.throwIfAborted()
      throw new EtcdSilent(url, error)
    }
  }
}

interface RawMember {
  readonly ID: string
  readonly name?: string
  readonly peerURLs?: readonly string[]
  readonly isLearner?: boolean
}

function listed({ ID, name = '', peerURLs = [], isLearner = false }: RawMember): ListedMember {
  return { id: ID, name, peerUrl: peerURLs[0] ?? '', isLearner }
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64')
}

function reasonIn(text: string): string {
  try {
    const { error, message } = JSON.parse(text) as { error?: string; message?: string }
    return error ?? message ?? text
  } catch {
    // Not every error of etcd is JSON.
    return text
  }
}
