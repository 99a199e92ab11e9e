/** The types of docs/reference/events.md's table, each with when it happens; the first row that names one says it. */
function tableOf(markdown: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const line of markdown.split('\n').filter((each) => each.startsWith('| `'))) {
    const [, types = '', when = ''] = line.split('|')
    for (const [, type] of types.matchAll(/`([a-z-]+\.[A-Za-z-]+)`/g))
      if (!found.has(type!)) found.set(type!, when.trim())
  }
  return found
}

/** The same as a list that the hub can tell. */
export function describedEvents(markdown: string): string {
  const rows = [...tableOf(markdown)].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `// Made by \`npm run generate\` from docs/reference/events.md.

/** Types of events, each with when it happens. */
export const described: readonly (readonly [type: string, when: string])[] = [
${rows.map(([type, when]) => `  [${quoted(type)}, ${quoted(when)}],`).join('\n')}
]
`
}

/** As the formatter writes it. */
function quoted(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`
}

/** The types of the event log that policies can be set off by, from the table in docs/reference/events.md. */
export function eventTypes(markdown: string): string {
  // Policies set off by policies would have no end.
  const types = [...tableOf(markdown).keys()].filter((type) => !/^(policy|approval)\./.test(type))
  const sorted = types.toSorted()
  return `// Made by \`npm run generate\` from docs/reference/events.md.

/** Types of events that a policy can be set off by. */
export const knownEventTypes: ReadonlySet<string> = new Set([
${sorted.map((type) => `  '${type}',`).join('\n')}
])
`
}
