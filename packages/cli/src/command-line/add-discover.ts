import { driverOption, pythonOption } from './options.ts'
import { type AddCommand, action } from './perform.ts'

export const addDiscover: AddCommand = (program, perform) => {
  program
    .command('discover')
    .description(
      'Write down what a driver or a Chaos Toolkit extension offers, for `squall init` and editors.',
    )
    .argument('<package>', 'npm package or name of a driver, or a Python package')
    .option('--discovery-path <path>', 'where it goes; - prints it', './discovery.json')
    .option('--no-system-info', 'do not look at the system the package is for')
    .option('--install', 'install the package first where it is missing')
    .option('--no-install', 'accepted for scripts; nothing is installed unless asked for')
    .option('--strict', 'exit with 1 when it fails')
    .addOption(driverOption())
    .addOption(pythonOption())
    .action(action('discover', program, perform))
}
