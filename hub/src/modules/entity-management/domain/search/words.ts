/** Most words of a search that count; more would only cost. */
const mostWords = 8

/** A text as the search's rows have it (`entity_search_fold` in the database): lower case, without accents, its words apart. */
export function foldedWords(text: string): string[] {
  const folded = text
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036F]/g, '')
    .toLowerCase()
  return folded
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, mostWords)
}

/** Without what is neither letter nor digit, as serial numbers and identities are kept, too (`entity_search_known_as`). */
export function plain(word: string): string {
  return word.replaceAll(/[^a-z0-9]+/g, '')
}

/**
 * How the same may be written: as it was typed; serial numbers and hardware addresses without their colons, dashes and dots; and
 * digits that were typed in groups as one. Most texts have one spelling.
 */
export function spellings(words: readonly string[]): readonly (readonly string[])[] {
  const without = words.map((word) =>
    /^[!-~]+$/.test(word) && plain(word).length >= shortestInside ? plain(word) : word,
  )
  const isGroups = words.length > 1 && words.every((word) => /^[0-9a-f:.-]+$/.test(word))
  const all = [words, without, ...(isGroups ? [[plain(words.join(''))]] : [])]
  return [...new Map(all.map((each) => [each.join(' '), each])).values()]
}

/** What a row must have of each word: `begin` where one of its words begins so, `inside` anywhere, if that can be looked up. */
export interface Wanted {
  readonly begin: readonly string[]
  readonly inside: readonly string[]
}

/** Shorter ones are not looked for within words: the index has three characters to an entry. */
const shortestInside = 3

/** The texts to look for, with the blank that begins a word. */
export function wantedOf(words: readonly string[]): Wanted {
  const begin = words.map((word) => ` ${word}`)
  return { begin, inside: words.map((word) => (word.length < shortestInside ? ` ${word}` : word)) }
}

/** Whether the text may be the begin of an id; then in the form that ids have. */
export function idBegin(text: string): string | null {
  const id = text.trim().toLowerCase()
  return /^[a-z0-9-]{3,64}$/.test(id) ? id : null
}
