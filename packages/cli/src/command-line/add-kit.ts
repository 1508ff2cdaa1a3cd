import { Option } from 'commander'
import { driverOption } from './options.ts'
import { type AddCommand, action } from './perform.ts'

// Commands that write down what the installed drivers offer.

const outputOption = (file: string): Option =>
  new Option('-o, --output <path>', 'file to write; - prints it').default(file)

export const addSchema: AddCommand = (program, perform) => {
  program
    .command('schema')
    .description('Write a JSON Schema of experiments for your editor.')
    .addOption(outputOption('squall.schema.json'))
    .addOption(driverOption())
    .action(action('schema', program, perform))
}

export const addTypes: AddCommand = (program, perform) => {
  program
    .command('types')
    .description('Write the types with which TypeScript checks experiments.')
    .addOption(outputOption('squall.d.ts'))
    .addOption(driverOption())
    .action(action('types', program, perform))
}

export const addDocs: AddCommand = (program, perform) => {
  program
    .command('docs')
    .description('Print what a driver offers as Markdown tables.')
    .argument('[driver]', 'name of a driver or its package; default: all')
    .addOption(driverOption())
    .action(action('docs', program, perform))
}
