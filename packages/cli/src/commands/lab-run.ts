import { SquallError } from '@squall/contract'
import { type DriverRegistry, type FinishedRun, startRun, validateExperiment } from '@squall/core'
import type { LabStatus } from '@squall/lab'
import { freeLabPorts, type LabPorts } from '../host/free-ports.ts'
import { receiveSignals } from '../host/signals.ts'
import { chooseScenarios, type Scenario } from '../lab/scenario.ts'
import { durationText } from '../terminal/paint.ts'
import { RunView } from '../terminal/run-view.ts'
import { problemsText } from '../terminal/show-problems.ts'
import { table } from '../terminal/table.ts'
import type { CommandContext } from './command-context.ts'
import { registryOf } from './find-project.ts'
import { loadLab } from './lab.ts'

interface Row {
  readonly scenario: Scenario
  readonly verdict: string
  readonly seconds: number
}

/** `squall lab run [SCENARIO]`: plays each scenario on a lab of its own; 0 when all end as expected. */
export async function labRunCommand(name: string | undefined, context: CommandContext): Promise<number> {
  const scenarios = chooseScenarios(name)
  const registry = await registryOf(context, {})
  const ports = await freeLabPorts()
  const rows: Row[] = []
  for (const scenario of scenarios) {
    const finished = await playScenario(scenario, ports, registry, context)
    rows.push({
      scenario,
      verdict: finished.deviated ? 'deviated' : finished.status,
      seconds: finished.journal.duration,
    })
    if (finished.status === 'interrupted') break
  }
  context.terminal.out(`\n${resultTable(rows, context)}`)
  return rows.length === scenarios.length && rows.every(isAsExpected) ? 0 : 1
}

async function playScenario(
  scenario: Scenario,
  ports: LabPorts,
  drivers: DriverRegistry,
  context: CommandContext,
): Promise<FinishedRun> {
  const { terminal, paint } = context
  terminal.err(`\n${paint('cyan', `▌ ${scenario.name}`)} ${scenario.about}\n`)
  const { labUp, labDown } = await loadLab()
  const lab = await labUp({ ...scenario.lab, ...ports })
  try {
    return await runOn(lab, scenario, drivers, context)
  } finally {
    await labDown({ directory: lab.directory })
  }
}

async function runOn(
  lab: LabStatus,
  scenario: Scenario,
  drivers: DriverRegistry,
  { terminal, paint }: CommandContext,
): Promise<FinishedRun> {
  const overrides = {
    configuration: {
      gateway_url: lab.url,
      datasource_port: lab.settings.dataSourcePort,
      datasource_ports: lab.portFiles.datasource,
      showdata_ports: lab.portFiles.showdata,
    },
  }
  const loaded = {
    source: scenario.name,
    raw: scenario.experiment,
    text: '{}',
    format: 'json',
    directory: lab.directory,
  } as const
  const validation = await validateExperiment(loaded, { drivers, overrides })
  if (!validation.valid) {
    terminal.err(problemsText(validation.problems, paint))
    throw new SquallError('SQUALL_EXPERIMENT_INVALID', {
      source: scenario.name,
      count: validation.problems.length,
    })
  }
  const view = new RunView({
    write: terminal.err,
    paint,
    isInteractive: terminal.isInteractive,
    verbose: false,
  })
  const run = startRun(validation.experiment, {
    drivers,
    overrides,
    directory: lab.directory,
    onEvent: (event) => view.read(event),
  })
  const stopReceiving = receiveSignals((signal) => run.interrupt(signal))
  try {
    return await run.finished
  } finally {
    stopReceiving()
  }
}

function isAsExpected({ scenario, verdict }: Row): boolean {
  return verdict === scenario.expect
}

function resultTable(rows: readonly Row[], { paint }: CommandContext): string {
  const cells = rows.map((row) => [
    row.scenario.name,
    row.scenario.expect,
    row.verdict,
    durationText(row.seconds),
    isAsExpected(row) ? 'as expected' : 'NOT AS EXPECTED',
  ])
  const good = rows.filter(isAsExpected).length
  const summary = `${good} of ${rows.length} scenarios ended as expected.\n`
  return (
    table([['scenario', 'expected', 'verdict', 'took', ''], ...cells]) +
    paint(good === rows.length ? 'green' : 'red', summary)
  )
}
