import type { FaultOutcome, Health, ReplicaStatus } from '@squall/contract'
import { isSquallError } from '@squall/contract'
import type { EngineSettings } from '../src/engine/engine-settings.ts'
import { writeChaosEvent } from '../src/events/chaos-event.ts'
import { type EventQueryTexts, readEventQuery } from '../src/events/event-query.ts'
import { fileTimeOf } from '../src/events/file-time.ts'
import { checkTargetsExist } from '../src/parameters/check-targets-exist.ts'
import { readChaosParameters } from '../src/parameters/read-chaos-parameters.ts'
import { writeChaosParameters } from '../src/parameters/write-chaos-parameters.ts'
import { readSchedule, readScheduleRequest } from '../src/schedule/read-schedule.ts'
import { writeSchedule } from '../src/schedule/write-schedule.ts'
import { type ClusterDraft, nodeName, smallCluster } from './small-cluster.ts'
import { TranscriptWorld } from './transcript-world.ts'

const units = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 }

const fiveNodes: ClusterDraft = {
  nodes: [1, 2, 3, 4, 5].map((at) => ({ type: at < 3 ? 'Front' : 'Back' })),
  services: [
    { name: 'fabric:/Shop/Cart', application: 'fabric:/Shop', on: [1, 2, 3, 4, 5] },
    { name: 'fabric:/Blog/Pages', application: 'fabric:/Blog', kind: 'stateless', on: [2, 4] },
  ],
}

/** Writes the output of every command of a transcript behind it. A block is commands, `----`, output, an empty line. */
export function playTranscript(text: string): string {
  const player = new Player()
  const blocks = text.trimEnd().split('\n\n')
  return `${blocks.map((block) => playBlock(player, block)).join('\n\n')}\n`
}

function playBlock(player: Player, block: string): string {
  const lines = block.split('\n')
  if (lines.every((line) => line.startsWith('#'))) return block
  const end = lines.indexOf('----')
  const commands = end < 0 ? lines : lines.slice(0, end)
  const output = commands.flatMap((command) => player.play(command))
  return [...commands, '----', ...(output.length === 0 ? ['ok'] : output)].join('\n')
}

class Player {
  #settings: Partial<EngineSettings> = {}
  #seed = 42
  #keep = 25_000
  #token = ''
  #world = new TranscriptWorld(smallCluster(fiveNodes), {}, 42)

  play(line: string): readonly string[] {
    if (line.startsWith('#')) return []
    const [command = '', ...words] = line.split(' ')
    const rest = line.slice(command.length + 1)
    try {
      this.#carryOut(command, words, rest)
    } catch (error) {
      if (!isSquallError(error)) throw error
      this.#world.say(`refused: ${error.code}: ${error.message}`)
    }
    return this.#world.lines()
  }

  #carryOut(command: string, words: readonly string[], rest: string): void {
    const world = this.#world
    switch (command) {
      case 'settings':
        return this.#set(words)
      case 'node':
        return this.#changeNode(Number(words[0]), words[1] ?? '')
      case 'replica':
        return this.#changeReplica(words[0] ?? '', Number(words[1]), words[2] as ReplicaStatus)
      case 'upgrade':
        world.upgrade = rest === 'over' ? undefined : rest
        return
      case 'snapshots':
        world.blindness = rest === 'work' ? undefined : rest.replace('fail ', '')
        return
      case 'outcomes':
        world.outcomes = words.map(outcomeOf)
        return
      case 'faults-take':
        world.faultMs = durationOf(rest)
        return
      case 'start': {
        const parameters = readChaosParameters(JSON.parse(rest || '{}'))
        checkTargetsExist(parameters, world.snapshot)
        return world.tell({ type: 'start', parameters })
      }
      case 'set-schedule': {
        const request = readScheduleRequest(JSON.parse(rest))
        return world.tell({
          type: 'set schedule',
          version: request.version,
          schedule: readSchedule(request),
        })
      }
      case 'stop':
        return world.tell({ type: 'stop' })
      case 'advance':
        return world.advance(durationOf(rest))
      case 'restart':
        return world.restart(durationOf(rest))
      case 'get':
        return this.#get()
      case 'get-schedule':
        return world.say(
          JSON.stringify(writeSchedule(world.state.stored.version, world.state.stored.schedule)),
        )
      case 'clean-up':
        return world.say(`${world.book.retain(this.#keep)} events deleted`)
      case 'events':
        return this.#events(words)
      default:
        throw new Error(`Unknown command ${command}.`)
    }
  }

  #set(words: readonly string[]): void {
    const given = new Map(words.map((word) => word.split('=') as [string, string]))
    this.#seed = Number(given.get('seed') ?? this.#seed)
    this.#keep = Number(given.get('keep') ?? this.#keep)
    this.#settings = {
      gate: (given.get('gate') ?? 'documented') as EngineSettings['gate'],
      backoff: (given.get('backoff') ?? 'documented') as EngineSettings['backoff'],
      snapshotPauseMs: durationOf(given.get('pause') ?? '0s'),
      snapshotTries: Number(given.get('tries') ?? 15),
      isDry: given.get('dry') === 'true',
    }
    this.#world = new TranscriptWorld(this.#world.snapshot, this.#settings, this.#seed)
  }

  #changeNode(number: number, change: string): void {
    const { snapshot } = this.#world
    const [key = '', value = ''] = change.split('=')
    const changed = key === 'health' ? { health: value as Health } : { [key]: value === 'true' }
    const nodes = snapshot.nodes.map((node) =>
      node.name === nodeName(number) ? { ...node, ...changed } : node,
    )
    this.#world.snapshot = { ...snapshot, nodes }
  }

  #changeReplica(service: string, node: number, status: ReplicaStatus): void {
    const { snapshot } = this.#world
    const replicas = snapshot.replicas.map((replica) =>
      replica.partition === `P-${service}` && replica.node === nodeName(node)
        ? { ...replica, status }
        : replica,
    )
    this.#world.snapshot = { ...snapshot, replicas }
  }

  #get(): void {
    const { stored } = this.#world.state
    const status = `Status ${stored.run ? 'Running' : 'Stopped'}, ScheduleStatus ${stored.scheduleStatus}`
    this.#world.say(`${status}, Version ${stored.version}`)
    if (stored.latest) this.#world.say(JSON.stringify(writeChaosParameters(stored.latest)))
  }

  /** `events`, `events next`, `events max=2 from=1m to=2m`. */
  #events(words: readonly string[]): void {
    const given = new Map(words.map((word) => word.split('=') as [string, string]))
    const time = (name: string): string | undefined => {
      const text = given.get(name)
      return text === undefined ? undefined : String(fileTimeOf(Date.UTC(2026, 0, 4) + durationOf(text)))
    }
    const start = time('from')
    const end = time('to')
    const most = given.get('max')
    const texts: EventQueryTexts = {
      ...(words.includes('next') && { continuationToken: this.#token }),
      ...(given.has('token') && { continuationToken: given.get('token') ?? '' }),
      ...(start !== undefined && { startTimeUtc: start }),
      ...(end !== undefined && { endTimeUtc: end }),
      ...(most !== undefined && { maxResults: most }),
    }
    const page = this.#world.book.page(readEventQuery(texts))
    this.#token = page.continuationToken
    for (const event of page.events) this.#world.say(JSON.stringify(writeChaosEvent(event)))
    this.#world.say(`${page.events.length} events, ContinuationToken '${page.continuationToken}'`)
  }
}

function outcomeOf(word: string): FaultOutcome | 'throws' {
  return word === 'throws' ? word : { outcome: word as FaultOutcome['outcome'] }
}

function durationOf(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)([dhms])/g)]
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units], 0)
}
