/** The sections of docs/engine.md whose clauses tests must name. */
const first = 2
const last = 11

/**
 * The clauses of docs/engine.md: `2.6` and `3.1` by their numbers, `2, errors` and `10, order` by the words that they begin
 * with, `9, deadlock` and `11, runaway` by the codes of the tables.
 */
export function clausesOf(page: string): string[] {
  const found: string[] = []
  let section = 0
  for (const line of page.split('\n')) {
    const heading = /^## (\d+)\. /.exec(line)
    if (heading) section = Number(heading[1])
    if (section >= first && section <= last) found.push(...clausesIn(line, section))
  }
  return found
}

function clausesIn(line: string, section: number): string[] {
  if (line.startsWith('|')) return codesIn(line, section).map((code) => `${section}, ${code}`)
  const numbered = /^(?:- )?\*\*(\d+\.\d+)\*\* /.exec(line)
  if (numbered) return [numbered[1]!]
  const listed = /^(\d+)\. \*\*/.exec(line)
  if (listed) return [`${section}.${listed[1]}`]
  const named = /^\*\*([A-Z][a-z]+(?: [a-z]+)*)[.,]/.exec(line)
  return named ? [`${section}, ${named[1]!.toLowerCase()}`] : []
}

/** Of the table of findings the first column, of the table of limits the last. */
function codesIn(row: string, section: number): string[] {
  const cells = row.split('|').slice(1, -1)
  const cell = (section === 9 ? cells.at(0) : cells.at(-1)) ?? ''
  return [...cell.matchAll(/`([a-z]+(?:-[a-z]+)*)`/g)].map((match) => match[1]!)
}

/** The clauses that the name of a test names: `semantics 2.6: …`, `semantics 9, deadlock: …`; a whole section is none. */
export function clausesNamed(title: string): string[] {
  return [
    ...title.matchAll(/\bsemantics (\d+)(\.\d+)?(?:, (?!semantics)([a-z]+(?:-[a-z]+)*(?: of steps)?))?/g),
  ].flatMap(([, section, clause, word]) => {
    if (clause !== undefined) return [`${section}${clause}`]
    return word === undefined ? [] : [`${section}, ${word}`]
  })
}
