/** An explanation as it is put together: sentences in the order in which things happened, each with the one that caused it. */

export const linkKinds = [
  'wish',
  'policy',
  'campaign',
  'choice',
  'plan',
  'permission',
  'device',
  'presence',
  'withdrawal',
  'restoring',
  'drift',
  'fit',
  'state',
] as const
export type LinkKind = (typeof linkKinds)[number]

/** Ids of what a sentence speaks of. */
export interface Refs {
  readonly order?: string
  readonly delivery?: string
  readonly device?: string
  readonly firing?: string
  readonly campaign?: string
  readonly service?: string
  readonly version?: string
}

export interface Link {
  readonly kind: LinkKind
  /** When it happened; null where it is so all the time, or nobody noted it. */
  readonly at: Date | null
  readonly sentence: string
  /** Place in the chain of what caused it; null for a first cause. Always before this one. */
  readonly cause: number | null
  readonly refs: Refs
}

export interface Explanation {
  /** The whole in one sentence. */
  readonly answer: string
  /** Never empty; the last says how it stands, and why. */
  readonly chain: readonly Link[]
  /** What it waits for, and until when at most; null when it waits for nothing. */
  readonly now: { readonly waitsFor: string; readonly until: Date | null } | null
  /** What happens then. */
  readonly next: string | null
}

export class Chain {
  readonly #links: Link[] = []

  /** @param cause place of its cause; null = none; absent = the link before @returns its place */
  add(kind: LinkKind, at: Date | null, sentence: string, refs: Refs = {}, cause: number | null = this.last): number {
    return this.#links.push({ kind, at, sentence: ended(sentence), refs, cause }) - 1
  }

  /** Place of the newest link; null when there is none. */
  get last(): number | null {
    return this.#links.length === 0 ? null : this.#links.length - 1
  }

  get links(): readonly Link[] {
    return this.#links
  }
}

/** A sentence begins with a capital letter, unless with an id or a name, and ends with a full stop. */
export function ended(sentence: string): string {
  const trimmed = sentence.trim()
  return /[.?!]$/.test(trimmed) ? trimmed : `${trimmed}.`
}
