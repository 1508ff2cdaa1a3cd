/** The reference's own lines in the log, which scripts look for (spec 1.1). */
export const validationLines = {
  before: "Validating the experiment's syntax",
  valid: 'Experiment looks valid',
} as const
