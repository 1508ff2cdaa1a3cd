/** The safety rules by name (5.3, 5.4, 4.4). Each can be left out in a test, to see that it is needed. */
export const ruleNames = ['S1', 'S2', 'S3', 'S4', 'F1', 'F2', 'F3', 'F4', 'node gate'] as const
export type RuleName = (typeof ruleNames)[number]

export const noRules: ReadonlySet<RuleName> = new Set<RuleName>()
