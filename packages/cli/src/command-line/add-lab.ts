import { driverOption } from './options.ts'
import { type AddCommand, action } from './perform.ts'
import { collect, count, port } from './values.ts'

export const addLab: AddCommand = (program, perform) => {
  const lab = program.command('lab').description('The demo lab: DataSource, ShowData, Gateway and Keeper.')
  lab
    .command('up')
    .description('Start the lab; it runs on until `squall lab down`.')
    .option('--instances <count>', 'instances of each service', count, 1)
    .option('--hosts <count>', 'process hosts, as chaos sees them (default: 5)', count)
    .option('--keeper', 'replace instances that die or freeze')
    .option('--dir <dir>', 'folder for port files, gateway configuration and logs')
    .option('--gateway-port <port>', 'port of the gateway', port, 5000)
    .option('--datasource-port <port>', 'first of the ten ports of DataSource', port, 8080)
    .option('--showdata-port <port>', 'first of the ten ports of ShowData', port, 8090)
    .option('--recover-within <ms>', 'time the keeper has to restore the full number', count)
    .option('--recover-after <ms>', 'time the keeper waits before it acts', count)
    .option('--answer-503', 'answer 503 in place of 200 when a service is not available')
    .option(
      '--with <driver>',
      'start what this driver can start beside it, such as etcd (repeatable)',
      collect,
      [],
    )
    .addOption(driverOption())
    .action(action('lab up', program, perform))
  lab
    .command('status')
    .description('Say what runs.')
    .option('--dir <dir>', 'only the lab of this folder')
    .option('--json', 'print it as JSON')
    .action(action('lab status', program, perform))
  lab
    .command('down')
    .description('End every lab of this user.')
    .option('--dir <dir>', 'only the lab of this folder')
    .addOption(driverOption())
    .action(action('lab down', program, perform))
  lab
    .command('run')
    .description('Play the scenarios of the demo lab.')
    .argument('[scenario]', 'only this one')
    .action(action('lab run', program, perform))
}
