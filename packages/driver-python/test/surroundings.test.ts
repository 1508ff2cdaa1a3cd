import { expect, it } from 'vitest'
import { pythonPlace } from './python-place.ts'

const place = `
import os

def change():
    os.environ["LAMP"] = "lit"
    os.environ.pop("CANDLE", None)
    os.chdir("..")

def look():
    return [os.environ.get("LAMP"), os.environ.get("CANDLE"), os.getcwd()]
`

it('what Python code changes of environment and working directory holds for the whole run', async () => {
  const { run, surroundings, folder } = await pythonPlace({ 'place.py': place })
  surroundings.variables['CANDLE'] = 'burning'
  expect(await run({ module: 'place', func: 'look' })).toEqual([null, 'burning', folder])
  await run({ module: 'place', func: 'change' })
  expect(surroundings.variables).toMatchObject({ LAMP: 'lit' })
  expect(surroundings.variables).not.toHaveProperty('CANDLE')
  expect(surroundings.cwd).not.toBe(folder)
  const { cwd } = surroundings
  surroundings.variables['LAMP'] = 'dim'
  surroundings.variables['CANDLE'] = 'new'
  expect(await run({ module: 'place', func: 'look' })).toEqual(['dim', 'new', cwd])
  surroundings.cwd = folder
  delete surroundings.variables['LAMP']
  expect(await run({ module: 'place', func: 'look' })).toEqual([null, 'new', folder])
  expect(await run({ module: 'place', func: 'look', timeout: 30 })).toEqual([null, 'new', folder])
})
