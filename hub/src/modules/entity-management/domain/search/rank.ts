import { foldedWords, plain } from './words.ts'

/** Something that was found. */
export interface SearchHit {
  readonly id: string
  /** What to show of it. */
  readonly label: string
  /** A second line: serial number, e-mail address, state. */
  readonly detail: string | null
  readonly household: string | null
}

/** How well a hit is what was asked for; lower is better. */
export type Rank = 0 | 1 | 2 | 3

/** 0: that is its id, name or detail; 1: its name or id begins so; 2: a word of it begins so; 3: it is somewhere inside. */
export function rankOf({ id, label, detail }: SearchHit, text: string): Rank {
  const words = foldedWords(text)
  const asked = words.join(' ')
  const [name, second] = [foldedWords(label).join(' '), foldedWords(detail ?? '').join(' ')]
  const [number, askedNumber] = [plain(second), plain(asked)]
  if ([id, name, second].includes(asked) || (number !== '' && number === askedNumber)) return 0
  if (name.startsWith(asked) || id.startsWith(asked) || second.startsWith(asked)) return 1
  if (askedNumber !== '' && number.startsWith(askedNumber)) return 1
  const all = ` ${name} ${second}`
  return words.every((word) => all.includes(` ${word}`)) ? 2 : 3
}

export interface RankedGroup<Kind extends string = string> {
  readonly kind: Kind
  readonly hits: readonly SearchHit[]
  /** There are more of this kind. */
  readonly more: boolean
}

/** The best `limit` of each kind, and the kind with the best hit first; each hit once, equal ones by name. */
export function ranked<Kind extends string>(
  found: readonly { readonly kind: Kind; readonly hits: readonly SearchHit[] }[],
  text: string,
  limit: number,
): RankedGroup<Kind>[] {
  const groups = found.map(({ kind, hits }) => {
    const once = [...new Map(hits.map((hit) => [hit.id, hit])).values()]
    const sorted = once
      .map((hit) => ({ hit, rank: rankOf(hit, text) }))
      .toSorted((a, b) => a.rank - b.rank || compare(a.hit.label, b.hit.label) || compare(a.hit.id, b.hit.id))
    return { kind, sorted, best: sorted[0]?.rank ?? Infinity }
  })
  return groups
    .filter(({ sorted }) => sorted.length > 0)
    .toSorted((a, b) => a.best - b.best)
    .map(({ kind, sorted }) => ({
      kind,
      hits: sorted.slice(0, limit).map(({ hit }) => hit),
      more: sorted.length > limit,
    }))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
