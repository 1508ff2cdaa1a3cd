import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { pythonPlace, RememberingContext } from './python-place.ts'

const channel = `
import json
def notify(channel, event):
    with open("told", "a") as told:
        told.write(json.dumps([channel, event]) + "\\n")
    return object()
def fail(channel, event):
    raise ValueError("no line")
`
const event = { name: 'run-completed', payload: { a: 1 }, phase: 'run', ts: 1.5 } as const

it('hands channel and event to a function of a module, notify by default', async () => {
  const { driver, folder } = await pythonPlace({ 'channel.py': channel })
  const plugin = driver.notifiers.plugin
  const entry = { type: 'plugin', module: 'channel', to: 'me' }
  await plugin.notify(entry, event, new RememberingContext())
  await expect(plugin.notify({ ...entry, func: 'fail' }, event, new RememberingContext())).rejects.toThrow(
    'no line',
  )
  await expect(plugin.notify({ type: 'plugin' }, event, new RememberingContext())).rejects.toThrow(
    'needs a `module`',
  )
  const told = (await readFile(path.join(folder, 'told'), 'utf8')).trim().split('\n')
  expect(told.map((line) => JSON.parse(line))).toEqual([[entry, event]])
})

const extension = `
from chaoslib.discovery.discover import discover_actions, discover_probes, initialize_discovery_result
__version__ = "1.2.3"
def discover(discover_system=True):
    found = initialize_discovery_result("chaostoolkit-lamps", __version__, "lamps")
    found["activities"].extend(discover_probes("chaoslamps.probes"))
    found["activities"].extend(discover_actions("chaoslamps.actions"))
    if discover_system:
        found["system"] = {"lamps": 3}
    return found
`
const files = {
  'chaoslamps/__init__.py': extension,
  'chaoslamps/probes.py': `
from typing import Dict, List, Optional, Union
from chaoslib.types import Configuration, Secrets
__all__ = ["is_lit", "all_lamps"]
def is_lit(lamp: str, at_least: float = 0.5, tags: List[str] = None, more: Optional[Dict[str, int]] = None,
           kind: Union[int, str] = 1, configuration: Configuration = None, secrets: Secrets = None, *, only: bool = True, **rest) -> bool:
    """Whether a lamp is lit."""
def all_lamps(x):
    pass
def hidden():
    pass
`,
  'chaoslamps/actions.py': '__all__ = []\n',
  'chaostoolkit_lamps-1.2.3.dist-info/METADATA':
    'Metadata-Version: 2.1\nName: chaostoolkit-lamps\nVersion: 1.2.3\nSummary: Chaos Toolkit Extension for lamps\nLicense: MIT\n',
  'chaostoolkit_lamps-1.2.3.dist-info/top_level.txt': 'chaoslamps\n',
  'chaostoolkit_lib-1.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: chaostoolkit-lib\nVersion: 1.0\n',
}

it('tells what an extension offers', async () => {
  const { driver } = await pythonPlace(files)
  const wish = { system: true, install: false }
  for (const target of ['chaostoolkit-lamps', 'chaoslamps'])
    expect(await driver.discoverer.discover(target, wish, new RememberingContext())).toMatchObject({
      target: 'lamps',
      extension: { name: 'chaostoolkit-lamps', version: '1.2.3' },
      system: { lamps: 3 },
      activities: [
        { type: 'probe', name: 'all_lamps', mod: 'chaoslamps.probes', doc: null, arguments: [{ name: 'x' }] },
        {
          type: 'probe',
          name: 'is_lit',
          doc: 'Whether a lamp is lit.',
          return_type: 'boolean',
          arguments: [
            { name: 'lamp', type: 'string' },
            { name: 'at_least', default: 0.5, type: 'number' },
            { name: 'tags', default: null, type: 'list' },
            { name: 'more', default: null, type: 'mapping' },
            { name: 'kind', default: 1, type: 'object' },
            { name: 'configuration', default: null, type: 'mapping' },
            { name: 'secrets', default: null, type: 'mapping' },
          ],
        },
      ],
    })
  const without = await driver.discoverer.discover(
    'chaoslamps',
    { ...wish, system: false },
    new RememberingContext(),
  )
  expect(without?.system).toBe(null)
})

it('knows nothing of what is not installed, and says what does not tell', async () => {
  const { driver } = await pythonPlace({ 'silent.py': '' })
  const wish = { system: true, install: false }
  expect(
    await driver.discoverer.discover('chaostoolkit-nowhere', wish, new RememberingContext()),
  ).toBeUndefined()
  await expect(driver.discoverer.discover('silent', wish, new RememberingContext())).rejects.toThrow(
    "no function 'discover'",
  )
})

it('lists installed extensions', async () => {
  const { driver } = await pythonPlace(files)
  const listed = await driver.discoverer.list(new RememberingContext())
  expect(listed).toContainEqual({
    name: 'chaostoolkit-lamps',
    version: '1.2.3',
    license: 'MIT',
    description: 'Chaos Toolkit Extension for lamps',
  })
  expect(listed.map(({ name }) => name)).not.toContain('chaostoolkit-lib')
})

it('installs only when it is asked to, and says what pip said', async () => {
  const { driver, surroundings } = await pythonPlace({
    'pip.py': 'import sys\nprint("pip was asked", *sys.argv[1:])\nsys.exit(7)\n',
  })
  surroundings.variables['PYTHONPATH'] = `${surroundings.cwd}`
  const context = new RememberingContext()
  await expect(
    driver.discoverer.discover('chaostoolkit-lamps', { system: true, install: true }, context),
  ).rejects.toThrow(
    /'chaostoolkit-lamps' could not be installed: .* -m pip install --upgrade chaostoolkit-lamps ended with 7/,
  )
  expect(context.logged).toContain('info: pip was asked install --upgrade chaostoolkit-lamps')
})
