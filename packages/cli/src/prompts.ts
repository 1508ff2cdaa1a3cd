// A file of its own in the build: only `squall init` loads it (rolldown.config.mjs).
export { autocomplete, confirm, intro, isCancel, log, multiselect, outro, select, text } from '@clack/prompts'
