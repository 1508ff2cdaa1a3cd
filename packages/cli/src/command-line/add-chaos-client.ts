import { type Command, Option } from 'commander'
import { parameterOptions } from './chaos-parameter-options.ts'
import { action, type Perform } from './perform.ts'
import { count } from './values.ts'

/** Commands that speak to a server: squall's own or a Service Fabric cluster. */
export function addChaosClient(chaos: Command, program: Command, perform: Perform): void {
  const start = chaos.command('start').description('Start chaos on a server.')
  parameterOptions(serverOptions(start))
    .option('--seed <number>', "the run's seed; needs the token", count)
    .option('--token <text>', 'token of the server')
    .option('--store <dir>', "the server's store, to read the token from")
    .action(action('chaos start', program, perform))
  serverOptions(chaos.command('stop').description('Stop chaos and its schedule.')).action(
    action('chaos stop', program, perform),
  )
  serverOptions(chaos.command('get').description('Print status and parameters as JSON.')).action(
    action('chaos get', program, perform),
  )
  pageOptions(serverOptions(chaos.command('events').description('Print events.')))
    .option('--follow', 'go on with those to come')
    .option('--json', 'print each as a line of JSON')
    .action(action('chaos events', program, perform))
  pageOptions(serverOptions(chaos.command('report').description('Sum up what happened.')))
    .option('--json', 'print it as JSON')
    .action(action('chaos report', program, perform))
  const schedule = chaos.command('schedule').description('The schedule of chaos.')
  serverOptions(schedule.command('get').description('Print it as JSON.')).action(
    action('chaos schedule get', program, perform),
  )
  serverOptions(schedule.command('set').description('Replace it.'))
    .argument('<file>', 'schedule as JSON; without a Version it replaces whatever is there')
    .action(action('chaos schedule set', program, perform))
}

function serverOptions(command: Command): Command {
  return command.addOption(
    new Option('--server <url>', 'address of the server').default('http://127.0.0.1:19080'),
  )
}

function pageOptions(command: Command): Command {
  return command
    .option('--since <time>', 'from this time on (ISO 8601)')
    .option('--until <time>', 'up to this time (ISO 8601)')
}
