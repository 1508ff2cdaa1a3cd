import type { ClusterApplication, ClusterSnapshot, Health } from '@squall/contract'
import type { ClusterHealthPolicy } from '../parameters/chaos-parameters.ts'

/** What the evaluation of a cluster's health gave; only `Error` fails a validation (2.2). */
export interface ClusterHealth {
  readonly health: Health
  /** What made it `Error`, for a person. */
  readonly reasons: readonly string[]
}

interface Member {
  readonly name: string
  readonly health: Health
}

interface Group {
  readonly what: string
  readonly members: readonly Member[]
  readonly percent: number
}

/** Evaluates the health of a cluster under a policy (2.2). */
export function clusterHealth(snapshot: ClusterSnapshot, policy: ClusterHealthPolicy): ClusterHealth {
  const { considerWarningAsError } = policy
  const judged = (member: Member): Member =>
    considerWarningAsError && member.health === 'Warning' ? { ...member, health: 'Error' } : member
  const groups = groupsOf(snapshot, policy).map((group) =>
    evaluate({ ...group, members: group.members.map(judged) }),
  )
  const own = snapshot.reports.map(({ health, source, description }) => {
    const report = judged({ name: source, health })
    const text = `the cluster reports ${report.health}: ${description} (source ${source})`
    return { health: report.health, reasons: report.health === 'Error' ? [text] : [] }
  })
  const all = [...groups, ...own]
  return { health: worst(all.map(({ health }) => health)), reasons: all.flatMap(({ reasons }) => reasons) }
}

function groupsOf({ nodes, applications }: ClusterSnapshot, policy: ClusterHealthPolicy): readonly Group[] {
  const types = policy.applicationTypes ?? []
  const ofType = (type: string): ClusterApplication[] =>
    applications.filter((application) => !application.isSystem && application.type === type)
  const isNamed = new Set(types.map(({ type }) => type))
  return [
    { what: 'nodes', members: nodes, percent: policy.maxPercentUnhealthyNodes },
    ...types.map(({ type, percent }) => ({
      what: `applications of type ${type}`,
      members: ofType(type),
      percent,
    })),
    {
      what: 'applications',
      members: applications.filter(({ isSystem, type }) => !isSystem && !isNamed.has(type)),
      percent: policy.maxPercentUnhealthyApplications,
    },
    { what: 'system applications', members: applications.filter(({ isSystem }) => isSystem), percent: 0 },
  ]
}

function evaluate({ what, members, percent }: Group): ClusterHealth {
  const unhealthy = members.filter(({ health }) => health === 'Error')
  const tolerated = Math.ceil((members.length * percent) / 100)
  if (unhealthy.length <= tolerated) {
    const isAllOk = members.every(({ health }) => health === 'Ok')
    return { health: isAllOk ? 'Ok' : 'Warning', reasons: [] }
  }
  const names = namesOf(unhealthy.map(({ name }) => name))
  const count = `${unhealthy.length} of ${members.length} ${what} are unhealthy, ${tolerated} tolerated`
  return { health: 'Error', reasons: [`${count}: ${names}`] }
}

function worst(all: readonly Health[]): Health {
  if (all.includes('Error')) return 'Error'
  return all.includes('Warning') ? 'Warning' : 'Ok'
}

/** The first few names, and how many more there are. */
export function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ')
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown
}
