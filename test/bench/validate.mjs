import { runNode } from './node-cpu.mjs'
import { alternate, mediansOf } from './rounds.mjs'
import { inWorkplace, squallFile } from './workplace.mjs'

const starts = 3
const many = 19_000
const size = 5_000_000

/** Processor time of `validate`: a small file beside a Node that does nothing, and 5 MB of JSON and of YAML. */
export async function validate() {
  const files = {
    'small.json': experimentOf(1),
    'large.json': JSON.stringify(experimentOf(many), null, 2),
    'large.yaml': yamlOf(experimentOf(many)),
  }
  for (const name of ['large.json', 'large.yaml'])
    if (files[name].length < size) throw new Error(`${name} has only ${files[name].length} bytes.`)
  return inWorkplace(files, async (place) => {
    const check = (file) => runNode([squallFile, 'validate', file], place).cpu
    const seen = await alternate({
      bare: () => average(() => runNode(['-e', '0'], place).cpu),
      small: () => average(() => check('small.json')),
      json: () => check('large.json'),
      yaml: () => check('large.yaml'),
    })
    const { bare, small, json, yaml } = mediansOf(seen)
    const yardstick = { name: '`node -e 0`', value: bare }
    const large = `\`squall validate\`, 5 MB with ${many.toLocaleString('en')} activities`
    return [
      { id: 'validate', what: '`squall validate`, one activity', unit: 'ms CPU', value: small, yardstick },
      { id: 'validate-json', what: `${large}, JSON`, unit: 'ms CPU', value: json },
      { id: 'validate-yaml', what: `${large}, YAML`, unit: 'ms CPU', value: yaml },
    ]
  })
}

function average(measure) {
  const seen = Array.from({ length: starts }, measure)
  return seen.reduce((sum, value) => sum + value, 0) / starts
}

function experimentOf(count) {
  const method = Array.from({ length: count }, (_, at) => ({
    type: at % 2 ? 'action' : 'probe',
    name: `activity ${at} of an experiment`,
    provider: at % 3 ? processOf(at) : httpOf(at),
    ...(at % 5 ? {} : { pauses: { after: 1.5 } }),
    ...(at % 7 ? {} : { background: true }),
  }))
  return { title: `${count} activities`, description: 'What checking a file costs.', method }
}

function processOf(at) {
  return { type: 'process', path: 'true', arguments: ['--number', `${at}`, '--service', `service-${at}`] }
}

function httpOf(at) {
  const url = `http://localhost:8080/services/${at}/health?verbose=true`
  return { type: 'http', url, headers: { Accept: 'application/json' }, timeout: 3 }
}

/** The same as YAML of the usual shape, a line for each value. */
function yamlOf({ title, description, method }) {
  return `title: ${title}\ndescription: ${description}\nmethod:\n${method.map(activityLines).join('')}`
}

function activityLines({ type, name, provider, pauses, background }) {
  const { url, path, arguments: words, headers, timeout } = provider
  const lines = [
    `- type: ${type}`,
    `  name: ${name}`,
    '  # What this one is for stands in a comment, as it often does in files that people write by hand.',
    '  provider:',
    `    type: ${provider.type}`,
    ...(url
      ? [`    url: "${url}"`, '    headers:', `      Accept: ${headers.Accept}`, `    timeout: ${timeout}`]
      : []),
    ...(path ? [`    path: "${path}"`, '    arguments:', ...words.map((word) => `      - "${word}"`)] : []),
    ...(pauses ? ['  pauses:', `    after: ${pauses.after}`] : []),
    ...(background ? ['  background: true'] : []),
  ]
  return `${lines.join('\n')}\n`
}
