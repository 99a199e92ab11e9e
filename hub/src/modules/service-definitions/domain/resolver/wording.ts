/** Versions in a sentence: all of a few, the span of many. Newest first. */
export function versionsText(versions: readonly { readonly version: string }[]): string {
  if (versions.length === 0) return '(no version)'
  if (versions.length <= 3) return listed(versions.map(({ version }) => version).toReversed(), ', ', ' and ')
  return `${versions.at(-1)!.version} to ${versions[0]!.version} (${versions.length} versions)`
}

/** At most eight parts of a sentence, and how many more there are. */
export function listed(parts: readonly string[], separator: string, last = separator): string {
  const shown = parts.slice(0, 8)
  if (parts.length > shown.length) return [...shown, `and ${parts.length - shown.length} more`].join(separator)
  return [shown.slice(0, -1).join(separator), ...shown.slice(-1)].filter((part) => part !== '').join(last)
}
