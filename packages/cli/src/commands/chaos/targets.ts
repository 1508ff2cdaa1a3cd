import { driverTargets } from '@squall/core'
import { loadChaosParts } from '../../load-chaos-parts.ts'
import { table } from '../../terminal/table.ts'
import type { CommandContext } from '../command-context.ts'
import { registryOf, settingsOf } from '../find-project.ts'

/** `squall chaos targets`: what `--target` may name, from manifests alone. */
export async function targetsCommand(
  options: { readonly json?: boolean; readonly driver: readonly string[] },
  context: CommandContext,
): Promise<number> {
  const { simulatedCluster } = await loadChaosParts()
  const registry = await registryOf(context, await settingsOf(context), { named: options.driver })
  const schema = simulatedCluster.options['~standard'].jsonSchema?.input({ target: 'draft-2020-12' }) ?? {}
  const { $schema: _dialect, ...simulatedOptions } = schema
  const simulated = {
    target: 'simulated',
    package: '@squall/simulator',
    summary: simulatedCluster.summary,
    options: simulatedOptions,
  }
  const others = [...driverTargets(registry)].map(([target, { name, manifest }]) => ({
    target,
    package: name,
    summary: manifest.clusters?.[target]?.summary ?? '',
    options: manifest.clusters?.[target]?.options ?? {},
  }))
  const all = [simulated, ...others]
  context.terminal.out(
    options.json
      ? `${JSON.stringify(all, null, 2)}\n`
      : table(all.map((one) => [one.target, one.package, one.summary])),
  )
  return 0
}
