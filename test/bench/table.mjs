const titles = ['', 'squall', 'yardstick', '', 'ratio', 'limit', '']

/** The rows as a Markdown table that is also easy on the eye in a terminal. */
export function table(rows) {
  const cells = [titles, ...rows.map(cellsOf)]
  const widths = titles.map((_, column) => Math.max(3, ...cells.map((row) => row[column].length)))
  const rule = widths.map((width, column) =>
    isNumber(column) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  )
  const [head, ...body] = cells.map((row) => row.map((cell, column) => padded(cell, widths[column], column)))
  return [head, rule, ...body].map((row) => `| ${row.join(' | ')} |\n`).join('')
}

function cellsOf({ what, value, unit, yardstick, ratio, limit, verdict }) {
  return [
    what,
    `${figure(value)} ${unit}`,
    yardstick ? `${figure(yardstick.value)} ${unit}` : '',
    yardstick?.name ?? '',
    ratio === undefined ? '' : ratio.toFixed(2),
    limitText(limit, unit),
    verdict ?? '',
  ]
}

function limitText(limit, unit) {
  if (!limit) return ''
  return 'ratio' in limit ? limit.ratio.toFixed(limit.ratio < 1.1 ? 2 : 1) : `${limit.value} ${unit}`
}

/** Three digits: more would be noise. */
function figure(value) {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3)
}

function padded(cell, width, column) {
  return isNumber(column) ? cell.padStart(width) : cell.padEnd(width)
}

function isNumber(column) {
  return [1, 2, 4, 5].includes(column)
}
