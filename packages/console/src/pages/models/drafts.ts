/** Drafts of patterns, kept in this browser: what was written outlives the page, a lost connection and the session. */
export interface Draft {
  readonly text: string
  /** The version that it was begun with; null = it is a new model. */
  readonly base: string | null
  /** ISO 8601. */
  readonly changedAt: string
}

/** In place of the name of a model that has none yet. */
export const newModel = '*new'

/** One person's drafts on a browser that several use. */
export class Drafts {
  readonly #prefix: string

  constructor(principal: string) {
    this.#prefix = `sutler-draft:${principal}:`
  }

  read(name: string): Draft | null {
    try {
      const value: unknown = JSON.parse(localStorage.getItem(this.#prefix + name) ?? 'null')
      return isDraft(value) ? value : null
    } catch {
      return null
    }
  }

  /** False when the browser keeps nothing: it is full, or does not want to. */
  write(name: string, draft: Draft): boolean {
    try {
      localStorage.setItem(this.#prefix + name, JSON.stringify(draft))
      return true
    } catch {
      return false
    }
  }

  drop(name: string): void {
    localStorage.removeItem(this.#prefix + name)
  }

  list(): { readonly name: string; readonly draft: Draft }[] {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(this.#prefix))
      .flatMap((key) => {
        const name = key.slice(this.#prefix.length)
        const draft = this.read(name)
        return draft === null ? [] : [{ name, draft }]
      })
      .toSorted((a, b) => (a.draft.changedAt < b.draft.changedAt ? 1 : -1))
  }
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false
  const { text, base, changedAt } = value as Record<string, unknown>
  return typeof text === 'string' && typeof changedAt === 'string' && (base === null || typeof base === 'string')
}
