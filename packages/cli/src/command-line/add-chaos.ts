import { type Command, Option } from 'commander'
import { addChaosClient } from './add-chaos-client.ts'
import { parameterOptions } from './chaos-parameter-options.ts'
import { driverOption } from './options.ts'
import { type AddCommand, action } from './perform.ts'
import { address, collect, count, seconds } from './values.ts'

export const addChaos: AddCommand = (program, perform) => {
  const chaos = program
    .command('chaos')
    .description('Continuous chaos: safe faults, one after the other, replayed from a seed.')
  const serve = chaos
    .command('serve')
    .description("Run continuous chaos behind Service Fabric's REST routes.")
    .option('--listen <host:port>', 'where to listen', address, { host: '127.0.0.1', port: 19_080 })
    .requiredOption('--store <dir>', 'folder of events and state; an interrupted run is resumed from it')
    .option('--token <text>', 'token for all but the Chaos routes; drawn and written to the store by default')
    .option('--tls-cert <file>', 'serve over TLS with this certificate (PEM)')
    .option('--tls-key <file>', 'its key (PEM)')
    .option('--client-ca <file>', 'ask clients for a certificate of this authority (PEM)')
  engineOptions(targetOptions(serve)).action(action('chaos serve', program, perform))
  const run = chaos
    .command('run')
    .description('Run continuous chaos in the foreground; 1 when a validation failed.')
    .option('--store <dir>', 'keep events and iterations in this folder')
  parameterOptions(engineOptions(targetOptions(run)))
    .option('--report <file>', 'write the report as JSON to this file too')
    .action(action('chaos run', program, perform))
  const rehearse = chaos
    .command('rehearse')
    .description('Play chaos on a simulated twin of a target, in virtual time.')
    .option('--time <seconds>', 'how long, in virtual seconds', seconds, 3600)
    .option('--schedule <file>', 'a schedule in place of one run (JSON)')
    .option('--json', 'print it as JSON')
  parameterOptions(engineOptions(targetOptions(rehearse))).action(action('chaos rehearse', program, perform))
  const explain = chaos
    .command('explain')
    .description('Say why a fault is chosen, and why another one is not.')
    .option('--server <url>', 'explain an iteration of this server in place of the next one of a target')
    .option('--iteration <number>', 'which iteration of the server; the latest by default', count)
    .option('--token <text>', 'token of the server')
    .option('--store <dir>', "the server's store, to read the token from")
    .option('--entity <name>', 'only nodes, code packages and replicas whose name contains this')
    .option('--json', 'print it as JSON')
  parameterOptions(targetOptions(explain)).action(action('chaos explain', program, perform))
  chaos
    .command('targets')
    .description('List the targets of continuous chaos that are installed.')
    .option('--json', 'print them as JSON')
    .addOption(driverOption())
    .action(action('chaos targets', program, perform))
  addChaosClient(chaos, program, perform)
}

function targetOptions(command: Command): Command {
  return command
    .option('--target <name>', 'simulated, or a target of an installed driver', 'simulated')
    .option('--target-option <name=value>', 'an option of the target (repeatable)', collect, [])
    .option('--topology <file>', 'topology of the simulated cluster')
    .option('--seed <number>', 'make every choice by chance from this seed', count)
    .addOption(driverOption())
}

function engineOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--gate <which>', 'what holds faults back: all documented checks, or cluster health alone')
        .choices(['documented', 'engine'])
        .default('documented'),
    )
    .addOption(
      new Option('--backoff <which>', 'the wait after a failure: 30 minutes, or doubled each time')
        .choices(['documented', 'engine'])
        .default('documented'),
    )
    .option('--snapshot-pause <seconds>', 'wait before each snapshot', seconds, 0)
    .option('--max-events <count>', 'events that are kept', count, 25_000)
    .option('--cleanup-interval <seconds>', 'time between two clean-ups of events', seconds, 3600)
    .option('--dry', 'plan and record faults without injecting them')
}
