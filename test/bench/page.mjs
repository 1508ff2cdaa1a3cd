import os from 'node:os'
import { rounds } from './rounds.mjs'
import { table } from './table.mjs'

/** The text of docs/benchmarks.md. */
export function page(rows) {
  return `# Benchmarks

Written by \`npm run bench -- --write\`; \`npm run bench -- --check\` fails when a limit is broken.

${table(rows)}
- Machine: ${machine()}. Load average over the last minute: ${os.loadavg()[0].toFixed(1)}.
- Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}.
- Each figure is the median of ${rounds} rounds. In a round squall and its yardstick take turns, so a machine that is busy
  slows both: the ratios say more than the times.
- \`NODE_EXTRA_CA_CERTS\` is not set: reading such a file costs every start of Node more than the start itself.
- CPU is user and system time of the process itself, threads included and children not; each round of a start-up is the
  mean of several starts. The other times are elapsed.
- An activity that does nothing: a run of 10,000 of them minus a run of one, divided by 9,999, with journal and event log.
- Finding and killing: an activity of the driver \`ports\`, called in a process that has started already, beside the
  program started anew. The kill includes that the victim is seen to be gone.
- Event log: records of about 200 bytes, in the folder for temporary files. A durable record has reached the disk when
  its call ends; a buffered one is written with others.
- Continuous hypothesis: 5 s divided by the number of checks in the journal, with one HTTP probe, beside 5 s divided by
  the number of requests that a timer makes in a process with nothing else to do. Both open a connection for each.
- Python: the median call of a round, beside a process that sends each line back. Naps: from the start of the first to the
  end of the last, as the journal of a whole run has them.
- Proxy of the driver \`net\`: 41 rounds of 150 exchanges over one connection, straight, through a plain pass-through proxy in
  Node and through ours, none with toxics. What a proxy adds is the median of a round less that of the straight way. The 99th
  percentile is that of all exchanges.
`
}

function machine() {
  const cpus = os.cpus()
  const memory = Math.round(os.totalmem() / 2 ** 30)
  return `${cpus.length} × ${cpus[0]?.model ?? 'CPU'}, ${memory} GiB, ${os.type()} ${os.release().split('-')[0]}`
}
