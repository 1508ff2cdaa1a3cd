import { Option } from 'commander'
import { templates } from '../wizard/templates.ts'
import { driverOption, pythonOption } from './options.ts'
import { type AddCommand, action } from './perform.ts'

export const addInit: AddCommand = (program, perform) => {
  program
    .command('init')
    .description('Write an experiment: asks for it, or begins with a template.')
    .option('--discovery-path <path>', 'what `squall discover` wrote', './discovery.json')
    .option('--experiment-path <path>', 'where it goes; YAML for .yaml and .yml', './experiment.json')
    .addOption(
      new Option('--template <name>', 'write this one and ask nothing').choices(Object.keys(templates)),
    )
    .option('--title <text>', 'its title')
    .option('--description <text>', 'its description')
    .option('--yes', 'ask nothing')
    .option('--non-interactive', 'the same as --yes')
    .option('--force', 'replace the file when it is there')
    .addOption(driverOption())
    .addOption(pythonOption())
    .action(action('init', program, perform))
}
