import { Argument, Option } from 'commander'
import { driverOption, pythonOption } from './options.ts'
import { type AddCommand, action } from './perform.ts'

export const addSettings: AddCommand = (program, perform) => {
  const settings = program.command('settings').description('Show and change the settings.')
  settings
    .command('show')
    .description('Print all settings.')
    .addOption(new Option('--format <format>', 'how').choices(['json', 'yaml']).default('yaml'))
    .action(action('settings show', program, perform))
  settings
    .command('get')
    .description('Print one entry.')
    .argument('<key>', 'dotted key, such as runtime.rollbacks.strategy or notifications[0].url')
    .addOption(new Option('--format <format>', 'how').choices(['string', 'json', 'yaml']).default('yaml'))
    .action(action('settings get', program, perform))
  settings
    .command('set')
    .description('Replace one entry.')
    .argument('<key>', 'dotted key')
    .argument('<value>', 'JSON, a text with its quotes')
    .option('--create', 'also where there is no such entry yet')
    .action(action('settings set', program, perform))
  settings
    .command('remove')
    .description('Remove one entry and what is under it.')
    .argument('<key>', 'dotted key')
    .action(action('settings remove', program, perform))
}

export const addInfo: AddCommand = (program, perform) => {
  program
    .command('info')
    .description('Versions, installed drivers and extensions, the settings file.')
    .addArgument(
      new Argument('<what>', 'what to tell of').choices(['core', 'drivers', 'extensions', 'settings']),
    )
    .option('--json', 'print it as JSON')
    .addOption(driverOption())
    .addOption(pythonOption())
    .action(action('info', program, perform))
}
