import type { Cluster } from '@squall/contract'
import { expect, it } from 'vitest'
import { clusterLaws } from '../src/index.ts'
import {
  Careless,
  Deaf,
  Doubled,
  Postponing,
  Secretive,
  Shuffled,
  sceneOf,
  TwoNodes,
} from './broken-clusters.ts'
import { failuresOf, unproven } from './try-laws.ts'

const broken: readonly { name: string; Kind: new () => Cluster; breaks: string; saying: string }[] = [
  {
    name: 'that names a node twice',
    Kind: Doubled,
    breaks: 'its snapshot is consistent',
    saying: 'The snapshot is inconsistent: there are two of node one.',
  },
  {
    name: 'that has no fixed order',
    Kind: Shuffled,
    breaks: 'a snapshot changes nothing',
    saying: 'is something listed in no fixed order?',
  },
  {
    name: 'that does not say why it upgrades',
    Kind: Secretive,
    breaks: 'it tells whether it is upgrading',
    saying: 'does not say why',
  },
  {
    name: 'that does not do what it is asked for',
    Kind: Postponing,
    breaks: 'a fault is done and leaves a consistent snapshot',
    saying: 'was not done: {"outcome":"not-now"',
  },
  {
    name: 'that harms a later instance',
    Kind: Careless,
    breaks: 'a fault that addresses what is gone is refused and changes nothing',
    saying: 'A fault that addresses nothing was answered {"outcome":"done"}.',
  },
  {
    name: 'that does not listen',
    Kind: Deaf,
    breaks: 'a fault that is interrupted returns at once',
    saying: 'It had not returned 500 ms after it was interrupted.',
  },
]

const lawsOf = (Kind: new () => Cluster) => clusterLaws(() => sceneOf(new Kind()), 'test')

it.each(broken)('a cluster $name breaks one law', async ({ Kind, breaks, saying }) => {
  const failures = await failuresOf(lawsOf(Kind))
  expect(failures[`cluster test: ${breaks}`]).toContain(saying)
  // One that names things twice does so after a fault as well, and one without order seems to change.
  const others = Object.keys(failures).filter((name) => name !== `cluster test: ${breaks}`)
  expect(others.length).toBeLessThanOrEqual(1)
})

it('a good one keeps them all, and each is broken by some cluster above', async () => {
  expect(await failuresOf(lawsOf(TwoNodes))).toEqual({})
  const names = lawsOf(TwoNodes).map(({ name }) => name)
  expect(unproven(names, broken)).toEqual([])
})
