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
  },
  SQUALL_DRIVER_MISSING: {
    message: (at: { type: string }): string => `No installed driver provides '${at.type}'.`,
    hint: 'Install a driver next to your experiment, then run `squall drivers`.',
  },
  SQUALL_DRIVER_NOT_FOUND: {
    message: (at: { name: string; from: string }): string =>
      `The driver '${at.name}' was not found from ${at.from}.`,
    hint: 'Install the package there, or give the path of its folder.',
  },
  SQUALL_PROVIDER_CLASH: {
    message: (at: { type: string; first: string; second: string }): string =>
      `Two packages provide '${at.type}': ${at.first} and ${at.second}.`,
    hint: 'Name the one to use in settings under `drivers.aliases`, or remove the other.',
  },
  SQUALL_CONTRACT_UNKNOWN: {
    message: (at: { package: string; path: string; contract: string; known: number }): string =>
      `${at.package} (${at.path}) follows driver contract ${at.contract}; this squall knows ${at.known}.`,
    hint: 'Install versions of squall and the driver that fit each other.',
  },
  SQUALL_CLUSTER_UNREADABLE: {
    message: (at: { source: string; reason: string }): string =>
      `'${at.source}' describes no cluster: ${at.reason}.`,
    hint: 'Name the file that describes the cluster.',
  },
  SQUALL_TOPOLOGY_INVALID: {
    message: (at: { source: string; problems: string }): string =>
      `${at.source} is not a valid topology: ${at.problems}.`,
    hint: 'Mend each place named above. The README of @squall/simulator shows a whole topology.',
  },
  SQUALL_MANIFEST_BROKEN: {
    message: (at: { package: string; path: string; reason: string }): string =>
      `The manifest of ${at.package} (${at.path}) cannot be used: ${at.reason}.`,
    hint: 'Build the driver again with `squall-manifest`, or install it anew.',
  },
  SQUALL_DRIVER_BROKEN: {
    message: (at: { package: string; path: string; reason: string }): string =>
      `The driver ${at.package} (${at.path}) cannot be loaded: ${at.reason}.`,
    hint: 'Install it anew, or report this to its author.',
  },
  SQUALL_ACTIVITY_UNKNOWN: {
    message: (at: { type: string; func: string; package: string }): string =>
      `'${at.type}' has no activity '${at.func}' (${at.package}).`,
    hint: 'Run `squall drivers` to see what each driver offers.',
  },
  SQUALL_ARGUMENTS_INVALID: {
    message: (at: { activity: string; problems: string }): string =>
      `Arguments of '${at.activity}': ${at.problems}.`,
    hint: 'Run `squall drivers --json` to see which arguments the activity takes.',
  },
  SQUALL_RESULT_NOT_JSON: {
    message: (at: { activity: string; driver: string; what: string }): string =>
      `'${at.activity}' (${at.driver}) answered with ${at.what}, which is not JSON.`,
    hint: 'The driver must answer with JSON values only. Report this to its author.',
  },
  SQUALL_UNDO_UNKNOWN: {
    message: (at: { func: string; driver: string }): string =>
      `The driver ${at.driver} has no undo function '${at.func}'.`,
    hint: 'A driver may only register its own undo functions. Report this to its author.',
  },
  SQUALL_UNDO_FAILED: {
    message: (at: { activity: string; reason: string }): string =>
      `What '${at.activity}' did could not be undone: ${at.reason}.`,
    hint: 'Run `squall recover` to try again.',
  },
  SQUALL_UNDO_NOT_RECORDED: {
    message: (at: { activity: string; reason: string }): string =>
      `'${at.activity}' was stopped before it changed anything: its undo could not be written to disk (${at.reason}).`,
    hint: 'Make the state folder writable and see that the disk is not full.',
  },
  SQUALL_JOURNAL_UNWRITABLE: {
    message: (at: { path: string; reason: string }): string =>
      `The journal cannot be written to '${at.path}': ${at.reason}.`,
    hint: 'Name a place that can be written with --journal-path.',
  },
  SQUALL_LOG_BROKEN: {
    message: (at: { path: string; reason: string }): string =>
      `The event log '${at.path}' cannot be used: ${at.reason}.`,
    hint: 'Name another folder, or remove this one when it is no longer needed.',
  },
  SQUALL_PROTECTION_UNCLEAR: {
    message: (at: { reason: string }): string => `\`protect\` in settings ${at.reason}.`,
    hint: 'It holds lists: `targets` (patterns), `ports`, `processes` and `users`. Until it is clear nothing is run.',
  },
  SQUALL_TARGET_PROTECTED: {
    message: (at: { activity: string; reason: string }): string =>
      `'${at.activity}' was not played: ${at.reason}.`,
    hint: 'Protection comes from --protect and from `protect` in settings; loosen it there, or aim elsewhere.',
  },
  SQUALL_RUN_INTERRUPTED: {
    message: (at: { reason: string }): string => `The run was interrupted: ${at.reason}.`,
    hint: 'What was registered for undo has been undone.',
  },
  SQUALL_CONTROL_UNKNOWN: {
    message: (at: { driver: string; control: string; package: string }): string =>
      `'${at.driver}' has no control '${at.control}' (${at.package}).`,
    hint: 'Run `squall drivers` to see what each driver offers.',
  },
  SQUALL_CONTROL_UNSERVED: {
    message: (at: { type: string }): string =>
      `Nothing that is installed runs controls of type '${at.type}'.`,
    hint: 'Such a control does nothing. Install a driver that runs it, or remove it.',
  },
  SQUALL_CONTROL_FILE: {
    message: (at: { path: string; reason: string }): string => `The control file '${at.path}' ${at.reason}.`,
    hint: 'It is one JSON or YAML object: the name of each control to an object with its `provider`.',
  },
  SQUALL_NOTIFIER_UNKNOWN: {
    message: (at: { channel: string }): string =>
      `No installed driver serves notifications of '${at.channel}'.`,
    hint: 'Name a type that an installed driver has, or `{"type": "driver", "driver": NAME, "notifier": NAME}`.',
  },
  SQUALL_CONTROL_INTERRUPTED: {
    message: (at: { reason: string }): string => `A control ended the run: ${at.reason}.`,
    hint: 'The control that asked for it is named in the log.',
  },
  SQUALL_RUN_UNEXPECTED: {
    message: (at: { activity: string; reason: string }): string =>
      `'${at.activity}' stopped on an unexpected error: ${at.reason}.`,
    hint: 'This ends the method. The cause is in the journal under `exception`.',
  },
  SQUALL_REF_UNKNOWN: {
    message: (at: { ref: string }): string =>
      `'ref' names '${at.ref}', which is no activity of the method or the hypothesis.`,
    hint: 'Name an activity of the method or the hypothesis.',
  },
  SQUALL_TOLERANCE_UNCHECKABLE: {
    message: (at: { activity: string; reason: string }): string =>
      `The tolerance of '${at.activity}' cannot be checked: ${at.reason}.`,
    hint: 'Choose a tolerance that fits what the probe answers with.',
  },
  SQUALL_STEP_UNKNOWN: {
    message: (at: { reference: string; place: string; reason: string }): string =>
      `${at.reference} in \`${at.place}\` has no value: ${at.reason}.`,
    hint: 'A step is the name of an activity that has ended earlier in the run; see docs/experiment-keys.md.',
  },
  SQUALL_STRATEGY_UNKNOWN: {
    message: (at: { which: string; value: string; known: string }): string =>
      `There is no ${at.which} strategy '${at.value}'.`,
    hint: 'Use one of the strategies of the documentation.',
  },
  SQUALL_VAR_FILE: {
    message: (at: { file: string; reason: string }): string =>
      `The var file '${at.file}' cannot be used: ${at.reason}.`,
    hint: 'A .json, .yaml or .yml file holds `configuration` and `secrets`; any other one lines of NAME=value.',
  },
  SQUALL_DISCOVERY_FAILED: {
    message: (at: { target: string; reason: string }): string =>
      `What '${at.target}' offers cannot be told: ${at.reason}.`,
    hint: 'Run `squall info extensions` and `squall drivers` to see what is installed here.',
  },
  SQUALL_EXPERIMENT_THERE: {
    message: (at: { path: string }): string => `${at.path} is there already.`,
    hint: 'Name another file with --experiment-path, or replace this one with --force.',
  },
  SQUALL_USAGE: {
    message: (at: { reason: string }): string => at.reason,
    hint: 'Run the command with --help to see what it takes.',
  },
  SQUALL_PYTHON_MISSING: {
    message: (at: { interpreter: string }): string =>
      `There is no Python here: '${at.interpreter}' was not found.`,
    hint: 'Install Python 3.8 or later, or name one with --python or in settings under `drivers.options.python.interpreter`.',
  },
  SQUALL_PYTHON_UNUSABLE: {
    message: (at: { interpreter: string; reason: string }): string =>
      `The Python '${at.interpreter}' cannot be used: ${at.reason}.`,
    hint: 'Name another one with --python or in settings under `drivers.options.python.interpreter`.',
  },
  SQUALL_PYTHON_IMPORT: {
    message: (at: { module: string; reason: string }): string =>
      `The Python module '${at.module}' cannot be imported: ${at.reason}.`,
    hint: 'Install the package it is in, or put its folder on PYTHONPATH.',
  },
  SQUALL_PYTHON_FUNCTION: {
    message: (at: { module: string; func: string }): string =>
      `The Python module '${at.module}' has no function '${at.func}'.`,
    hint: 'Correct `func`, or the module.',
  },
  SQUALL_LAB: {
    message: (at: { reason: string }): string => at.reason,
    hint: 'Run `squall lab status` to see what is running.',
  },
  SQUALL_TARGET_UNKNOWN: {
    message: (at: { target: string; known: string }): string =>
      `No installed driver has the target '${at.target}'; there are ${at.known}.`,
    hint: 'Install the driver that brings it next to your work, then run `squall chaos targets`.',
  },
  SQUALL_TARGET_OPTIONS: {
    message: (at: { target: string; problems: string }): string =>
      `Options of the target '${at.target}': ${at.problems}.`,
    hint: 'Give them as --target-option NAME=VALUE; `squall chaos targets --json` shows what it takes.',
  },
  SQUALL_CHAOS_SERVER: {
    message: (at: { server: string; reason: string }): string => `${at.server} answered: ${at.reason}.`,
    hint: 'See what the server says of itself with `squall chaos get --server URL`.',
  },
  SQUALL_CHAOS_PARAMETER: {
    message: (at: { at: string; reason: string }): string => `${at.at} ${at.reason}.`,
    hint: 'Correct it and send the request again. Nothing was changed.',
  },
  SQUALL_CHAOS_TOO_LARGE: {
    message: (at: { at: string; count: number; limit: number }): string =>
      `${at.at} has ${at.count} entries, more than the ${at.limit} that are allowed.`,
    hint: 'Name fewer, or leave the list out and exclude what must not be touched.',
  },
  SQUALL_CHAOS_RUNNING: {
    message: (_: Record<never, never>): string => 'Chaos is already running.',
    hint: 'Stop it first.',
  },
  SQUALL_CHAOS_NOT_READY: {
    message: (_: Record<never, never>): string => 'Chaos has never been started, so there is no report.',
    hint: 'Start it, then ask again.',
  },
  SQUALL_CHAOS_CLOSED: {
    message: (_: Record<never, never>): string => 'The chaos service is being closed.',
    hint: 'Ask again once it is back.',
  },
  SQUALL_OPENAPI_UNREADABLE: {
    message: (at: { file: string; reason: string }): string => `'${at.file}' cannot be read: ${at.reason}.`,
    hint: 'Give `--from-openapi` the path of an OpenAPI document, as JSON or YAML.',
  },
  SQUALL_OPENAPI_SYNTAX: {
    message: (at: { at: string; reason: string }): string => `${at.at}: ${at.reason}.`,
    hint: 'Mend the document at that place: it is neither JSON nor YAML.',
  },
  SQUALL_OPENAPI_INVALID: {
    message: (at: { file: string; problems: string }): string =>
      `No driver can be made of '${at.file}':\n${at.problems}`,
    hint: 'Mend the document at each place that is named. OpenAPI 3.0 and 3.1 are read.',
  },
  SQUALL_OPENAPI_EMPTY: {
    message: (at: { file: string; reason: string }): string =>
      `No operation of '${at.file}' becomes an activity: ${at.reason}.`,
    hint: 'Give `--only` an operationId, a tag, or a method and path such as "GET /pets".',
  },
}
