import { Option } from 'commander'
import { collect } from './values.ts'

// Options that several commands take.

export const driverOption = (): Option =>
  new Option('--driver <name or path>', 'use this driver too (repeatable)').argParser(collect).default([])

export const varFileOption = (): Option =>
  new Option('--var-file <path>', 'take configuration, secrets or environment from this file (repeatable)')
    .argParser(collect)
    .default([])
export const varOption = (): Option =>
  new Option('--var <name[:type]=value>', 'set a declared configuration value (repeatable)')
    .argParser(collect)
    .default([])

export const controlFileOption = (): Option =>
  new Option('--control-file <path>', 'add the controls of this JSON or YAML file to every run (repeatable)')
    .argParser(collect)
    .default([])

export const protectOption = (): Option =>
  new Option('--protect <pattern>', 'refuse actions whose target matches (repeatable)')
    .argParser(collect)
    .default([])

export const redactOption = (): Option =>
  new Option('--redact <what>', 'which values are replaced by [secret NAME]')
    .choices(['secrets', 'all'])
    .default('secrets')

export const seedOption = (): Option =>
  new Option('--seed <text>', 'make every choice by chance from this seed')

export const noVerifyTlsOption = (): Option =>
  new Option('--no-verify-tls', 'accept any certificate of the source URL')

export const pythonOption = (): Option =>
  new Option('--python <path>', 'interpreter that runs Python activities and controls')
