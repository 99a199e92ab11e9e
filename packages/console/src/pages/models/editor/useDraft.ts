import { useState } from 'react'
import { usePrincipal } from '../../../api/session.ts'
import { type Draft, Drafts, newModel } from '../drafts.ts'

interface DraftState {
  readonly text: string
  /** Null = nothing was changed. */
  readonly draft: Draft | null
  /** Whether the browser keeps it. */
  readonly isKept: boolean
  readonly write: (text: string) => void
  readonly discard: () => void
}

/** What somebody writes, kept in the browser with each change. */
export function useDraft(name: string, base: string | null, original: string): DraftState {
  const { id } = usePrincipal()
  const [drafts] = useState(() => new Drafts(id))
  const key = name === '' ? newModel : name
  const [draft, setDraft] = useState(() => drafts.read(key))
  const [isKept, setKept] = useState(true)
  return {
    text: draft?.text ?? original,
    draft,
    isKept,
    write(text) {
      const next = { text, base: draft?.base ?? base, changedAt: new Date().toISOString() }
      setDraft(next)
      setKept(drafts.write(key, next))
    },
    discard() {
      drafts.drop(key)
      setDraft(null)
    },
  }
}
