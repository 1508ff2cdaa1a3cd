import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/**
 * A fresh copy of a case to run it in, with a home beside it and its templates filled in.
 * `fill` puts real addresses and folders in place of the case's names for them, `clean` does the reverse.
 */
export function layOut({ folder, definition }, server, key) {
  const place = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'conf-')))
  const work = path.join(place, 'work')
  const home = path.join(place, 'home')
  fs.cpSync(folder, work, { recursive: true })
  fs.rmSync(path.join(work, 'case.json'))
  if (fs.existsSync(path.join(work, '_home'))) fs.renameSync(path.join(work, '_home'), home)
  else fs.mkdirSync(home)

  const names = fixtureNames(server, key)
  const fill = filler(names, work, home)
  for (const name of definition.template ?? []) {
    const file = name.startsWith('_home/') ? path.join(home, name.slice(6)) : path.join(work, name)
    fs.writeFileSync(file, fill(fs.readFileSync(file, 'utf8')))
  }
  return {
    place,
    work,
    fill,
    clean: cleaner(names, work, home),
    environment: environmentOf(definition, names, work, home, fill),
    remove: () => fs.rmSync(place, { recursive: true, force: true, maxRetries: 3, retryDelay: 100 }),
  }
}

function fixtureNames({ port, tlsPort }, key) {
  const host = `127.0.0.1:${port}`
  return {
    host,
    path: `/c/${key}`,
    url: `http://${host}/c/${key}`,
    tlsUrl: tlsPort ? `https://127.0.0.1:${tlsPort}/c/${key}` : '',
  }
}

function filler({ host, url, tlsUrl }, work, home) {
  return (text) =>
    text
      .replaceAll('@@FIXTURE_URL@@', url)
      .replaceAll('@@FIXTURE_TLS_URL@@', tlsUrl)
      .replaceAll('@@FIXTURE_USER_URL@@', url.replace('http://', 'http://alice:s%40cret@'))
      .replaceAll('@@FIXTURE_HOST@@', host)
      .replaceAll('@@CASE_DIR@@', work)
      .replaceAll('@@HOME@@', home)
}

function cleaner({ host, path: prefix, url, tlsUrl }, work, home) {
  return (text) =>
    (tlsUrl ? text.replaceAll(tlsUrl, '<FIXTURE_TLS_URL>') : text)
      .replaceAll(url, '<FIXTURE_URL>')
      .replaceAll(`${host}${prefix}`, '<FIXTURE_HOST>/c/0')
      .replaceAll(host, '<FIXTURE_HOST>')
      .replaceAll(work, '<CASE_DIR>')
      .replaceAll(home, '<HOME>')
}

function environmentOf(definition, { host, url, tlsUrl }, work, home, fill) {
  const inherited = Object.entries(process.env).filter(([name]) => !isOfAnotherRun(name))
  const own = Object.entries(definition.env ?? {})
  const removed = own.filter(([, value]) => value === null).map(([name]) => name)
  const set = own.filter(([, value]) => value !== null).map(([name, value]) => [name, fill(value)])
  const environment = {
    ...Object.fromEntries(inherited),
    HOME: home,
    CASE_DIR: work,
    FIXTURE_URL: url,
    FIXTURE_TLS_URL: tlsUrl,
    FIXTURE_HOST: host,
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    NO_COLOR: '1',
    ...Object.fromEntries(set),
  }
  for (const name of removed) delete environment[name]
  return environment
}

function isOfAnotherRun(name) {
  return (
    /^(CHAOSTOOLKIT_|FIXTURE_|CASE_)/.test(name) ||
    /^(https?_proxy|all_proxy|no_proxy|PYTHONPATH)$/i.test(name)
  )
}
