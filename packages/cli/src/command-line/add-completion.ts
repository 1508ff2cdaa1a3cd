import { Argument } from 'commander'
import { scripts } from '../completion/scripts.ts'
import { type AddCommand, action } from './perform.ts'

export const addCompletion: AddCommand = (program, perform) => {
  program
    .command('completion')
    .description('Print what makes a shell complete squall command lines.')
    .addArgument(new Argument('<shell>', 'which').choices(Object.keys(scripts)))
    .action(action('completion', program, perform))
}

/** What the printed scripts call. */
export const addCompleteWords: AddCommand = (program, perform) => {
  program
    .command('complete-words', { hidden: true })
    .argument('[words...]')
    .action(action('complete-words', program, perform))
}
