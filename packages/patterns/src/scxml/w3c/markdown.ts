import { type W3cTest, w3cTests } from './table.ts'

/** The table of docs/reference/scxml.md: one line per test. */
export function w3cMarkdown(): string {
  const covered = w3cTests.filter(({ leftOut }) => leftOut === null).length
  return [
    `Of ${w3cTests.length} tests, ${covered} are covered and ${w3cTests.length - covered} are left out.`,
    '',
    '| test | clause | |',
    '| --- | --- | --- |',
    ...w3cTests.map(lineOf),
    '',
  ].join('\n')
}

function lineOf({ test, clause, documents, leftOut }: W3cTest): string {
  const files = Object.keys(documents).map((name) => `\`test-${name}.scxml\``)
  return `| ${test} | ${clause} | ${leftOut === null ? files.join(', ') : `left out: ${leftOut.replaceAll('|', '\\|')}`} |`
}
