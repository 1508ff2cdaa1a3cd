import {
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

// Commands that look at an experiment, or at what is installed, and change nothing.

export const addValidate: AddCommand = (program, perform) => {
  program
    .command('validate')
    .description('Check an experiment without running it.')
    .argument('<source>', 'path or http(s) URL of the experiment')
    .addOption(noVerifyTlsOption())
    .addOption(varOption())
    .addOption(varFileOption())
    .addOption(driverOption())
    .addOption(pythonOption())
    .action(action('validate', program, perform))
}

export const addPlan: AddCommand = (program, perform) => {
  program
    .command('plan')
    .description('Say what an experiment would touch and how it is undone.')
    .argument('<source>', 'path or http(s) URL of the experiment')
    .option('--json', 'print the plan as JSON')
    .addOption(noVerifyTlsOption())
    .addOption(varOption())
    .addOption(varFileOption())
    .addOption(driverOption())
    .addOption(pythonOption())
    .addOption(seedOption())
    .addOption(redactOption())
    .addOption(protectOption())
    .action(action('plan', program, perform))
}

export const addDrivers: AddCommand = (program, perform) => {
  program
    .command('drivers')
    .description('List the installed drivers and what they offer.')
    .option('--json', 'print the manifests as JSON')
    .addOption(driverOption())
    .action(action('drivers', program, perform))
}
