import { hypothesisStrategies, rollbackStrategies } from '@squall/core'
import { Option } from 'commander'
import {
  controlFileOption,
  driverOption,
  noVerifyTlsOption,
  protectOption,
  pythonOption,
  redactOption,
  seedOption,
  varFileOption,
  varOption,
} from './options.ts'
import { type AddCommand, action } from './perform.ts'
import { bytes, parts, seconds } from './values.ts'

/** The reference's own spelling slip is taken too, with a warning when the command is performed. */
function hypothesisStrategyOption(): Option {
  const option = new Option('--hypothesis-strategy <strategy>', 'when the steady state is checked')
  option.choices(hypothesisStrategies.filter((strategy) => strategy !== 'skip'))
  const checked = option.parseArg
  return option.argParser((text, earlier: string) =>
    text === 'continously' ? text : (checked?.(text, earlier) as string),
  )
}

export const addRun: AddCommand = (program, perform) => {
  program
    .command('run')
    .description('Run an experiment and write its journal.')
    .argument('<source>', 'path or http(s) URL of the experiment')
    .option('--journal-path <path>', 'where the journal goes; - prints it', './journal.json')
    .addOption(
      new Option('--dry <level>', 'skip the execution of some activities').choices([
        'probes',
        'actions',
        'activities',
        'pause',
      ]),
    )
    .option('--only <parts>', 'play only these of hypothesis,method,rollbacks', parts)
    .option('--explain-config', 'say where each configuration value and secret comes from, and run nothing')
    .option('--no-validation', 'run it without checking it first')
    .addOption(noVerifyTlsOption())
    .addOption(
      new Option('--rollback-strategy <strategy>', 'when rollbacks are played').choices(rollbackStrategies),
    )
    .addOption(hypothesisStrategyOption())
    .option('--hypothesis-frequency <seconds>', 'from one check during the method to the next', seconds, 1)
    .option('--fail-fast', 'end the run at the first check during the method that is not met')
    .addOption(varOption())
    .addOption(varFileOption())
    .addOption(controlFileOption())
    .addOption(driverOption())
    .addOption(pythonOption())
    .addOption(seedOption())
    .addOption(redactOption())
    .option(
      '--max-output <bytes>',
      'cut longer outputs in the journal and keep them beside it',
      bytes,
      1_048_576,
    )
    .option('--event-log <dir>', 'keep the event log of the run in this folder')
    .option('--max-duration <seconds>', 'end the run after this time', seconds)
    .option('--stop-file <path>', 'end the run when this file appears')
    .addOption(protectOption())
    .addOption(new Option('--on-crash <what>', 'what a watchdog does beside undoing').choices(['rollbacks']))
    .option(
      '--strict',
      'exit with 1 also for a gate that was not met, a failed activity, a method probe out of tolerance, and what was left behind',
    )
    .action(action('run', program, perform))
}
