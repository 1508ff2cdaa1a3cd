const head = `# Errors

What squall says when something is wrong, by code. Each error names the activity and the value it is about; its cause
follows it on the terminal and stands in the journal. Words in angle brackets are filled in.

This page is written by \`node scripts/error-docs.mjs\` from the table in \`packages/contract/src/error-table.ts\`.
`

/** The page about every code of an error table, in the order of the alphabet. */
export function errorPage(table) {
  const codes = Object.keys(table).sort()
  return [head, ...codes.map((code) => section(code, table[code]))].join('\n')
}

function section(code, { message, hint }) {
  return `## ${code}

\`\`\`text
${message(placeholders)}
\`\`\`

${hint}
`
}

/** Stands in for the fields of any error: each reads as its own name. */
const placeholders = new Proxy({}, { get: (_, name) => `<${String(name)}>` })
