/** The types of the event log that policies can be set off by, from the table in docs/reference/events.md. */
export function eventTypes(markdown: string): string {
  const types = markdown
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...line.split('|')[1]!.matchAll(/`([a-z-]+\.[A-Za-z-]+)`/g)].map(([, type]) => type!))
    // Policies set off by policies would have no end.
    .filter((type) => !/^(policy|approval)\./.test(type))
  const sorted = [...new Set(types)].toSorted()
  return `// Made by \`npm run generate\` from docs/reference/events.md.

/** Types of events that a policy can be set off by. */
export const knownEventTypes: ReadonlySet<string> = new Set([
${sorted.map((type) => `  '${type}',`).join('\n')}
])
`
}
