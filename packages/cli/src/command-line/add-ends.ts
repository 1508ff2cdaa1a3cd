import { type AddCommand, action } from './perform.ts'

// Commands that end runs and finish what they left.

export const addRecover: AddCommand = (program, perform) => {
  program
    .command('recover')
    .description('Undo what runs left behind that were cut off.')
    .option('--list', 'only say what there is')
    .option('--yes', 'do not ask')
    .option('--json', 'print the runs as JSON')
    .action(action('recover', program, perform))
}

export const addStop: AddCommand = (program, perform) => {
  program
    .command('stop')
    .description('End a running run: it undoes what it did and writes its journal.')
    .argument('[pid]', 'the pid of its runner, where several are going on')
    .option('--all', 'end every run of this user')
    .action(action('stop', program, perform))
}
