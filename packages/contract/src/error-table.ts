/** Every error code of squall, once. `docs/errors.md` is written from this table. */
export const errorTable = {
  SQUALL_ACTIVITY_FAILED: {
    message: (at: { reason: string }): string => at.reason,
    hint: 'The run goes on after a failed activity. Its reason is in the journal under `exception`.',
  },
  SQUALL_SCHEMA_UNREADABLE: {
    message: (at: { at: string; vendor: string }): string =>
      `The schema of '${at.at}' (${at.vendor}) cannot be written as JSON Schema.`,
    hint: 'Use a schema library that implements Standard JSON Schema, such as zod 4.2 or later.',
  },
  SQUALL_SOURCE_MISSING: {
    message: (at: { source: string }): string => `There is no file '${at.source}'.`,
    hint: 'Give the path of an experiment file, or an http(s) URL.',
  },
  SQUALL_SOURCE_UNREADABLE: {
    message: (at: { source: string; reason: string }): string =>
      `'${at.source}' cannot be read: ${at.reason}.`,
    hint: 'Check that the file or URL can be read from here.',
  },
  SQUALL_SOURCE_FORMAT: {
    message: (at: { source: string; reason: string }): string => `'${at.source}' ${at.reason}.`,
    hint: 'An experiment is a .json, .yaml or .yml file, or a URL that answers with one of these.',
  },
  SQUALL_SOURCE_SYNTAX: {
    message: (at: { at: string; reason: string }): string => `${at.at}: ${at.reason}.`,
    hint: 'Mend the file at that place.',
  },
  SQUALL_EXPERIMENT_INVALID: {
    message: (at: { source: string; count: number }): string =>
      `${at.source} is not a valid experiment: ${at.count} ${at.count === 1 ? 'problem' : 'problems'}.`,
    hint: 'Mend each place named above, then run `squall validate` again.',
  },
  SQUALL_SETTINGS_INVALID: {
    message: (at: { path: string; reason: string }): string => `The settings file '${at.path}' ${at.reason}.`,
    hint: 'Settings are one YAML object. Mend the file or name another one with --settings.',
  },
  SQUALL_SETTINGS_KEY: {
    message: (at: { key: string }): string => `The settings have no '${at.key}'.`,
    hint: 'Run `squall settings show` to see them. A dot inside a key is written as `\\.`, an index as `[0]`.',
  },
  SQUALL_SETTINGS_VALUE: {
    message: (at: { value: string }): string => `'${at.value}' is not JSON.`,
    hint: 'A setting is given as JSON, a text with its quotes: `squall settings set KEY \'"text"\'`.',
  },
  SQUALL_CONFIGURATION_MISSING: {
    message: (at: { name: string; variable: string }): string =>
      `'${at.name}' is read from the environment variable ${at.variable}, which is not set.`,
    hint: 'Set the variable, or give the entry a `default` (configuration only).',
  },
  SQUALL_CONFIGURATION_TYPE: {
    message: (at: { name: string; value: string; type: string }): string =>
      `'${at.name}' should be ${at.type}, but its value is '${at.value}'.`,
    hint: 'Correct the value, or the type it is converted to.',
  },
  SQUALL_SECRET_UNREADABLE: {
    message: (at: { name: string; source: string; reason: string }): string =>
      `'${at.name}' cannot be read from ${at.source}: ${at.reason}.`,
    hint: 'Check where it is stored, and how the configuration says to get there.',
