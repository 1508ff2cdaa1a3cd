import type { Command } from 'commander'

/** Adds `squall journal`; `perform` runs one of its commands on the folder of an event log. */
export function addJournal(
  program: Command,
  perform: (command: string, log: string, options: object) => Promise<void>,
): void {
  const journal = program
    .command('journal')
    .description('Event logs of runs and the journals made from them.')
  journal
    .command('verify')
    .description('Check that an event log is as it was written.')
    .argument('<log>', 'folder of the event log')
    .action((log: string, options: object) => perform('journal verify', log, options))
  journal
    .command('fold')
    .description('Write the journal of the run that an event log tells of.')
    .argument('<log>', 'folder of the event log')
    .option('--journal-path <path>', 'where the journal goes', './journal.json')
    .action((log: string, options: object) => perform('journal fold', log, options))
}
