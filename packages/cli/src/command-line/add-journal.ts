import { type AddCommand, action } from './perform.ts'

export const addJournal: AddCommand = (program, perform) => {
  const journal = program
    .command('journal')
    .description('Event logs of runs and the journals made from them.')
  journal
    .command('verify')
    .description('Check that an event log is as it was written.')
    .argument('<log>', 'folder of the event log')
    .action(action('journal verify', program, perform))
  journal
    .command('fold')
    .description('Write the journal of the run that an event log tells of.')
    .argument('<log>', 'folder of the event log')
    .option('--journal-path <path>', 'where the journal goes; - prints it', './journal.json')
    .action(action('journal fold', program, perform))
}
