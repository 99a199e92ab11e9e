/** Words of the language wherever names are listed. */
const words = new Set(['any', 'none'])

/** A name as it is written in the language: in quotes where it would be read as a word. */
export function writtenName(name: string): string {
  return words.has(name) ? JSON.stringify(name) : name
}
