import { RangeSetBuilder } from '@codemirror/state'
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { type ColourKind, colourKinds, coloursOf } from '@sutler/patterns/language'
import { readingOf } from './readings.ts'

const marks = Object.fromEntries(
  colourKinds.map((kind) => [kind, Decoration.mark({ class: `cm-pattern-${kind}` })]),
) as Record<ColourKind, Decoration>

/** Characters up to which a text is read anew with every key. */
const quickLength = 20_000
/** Milliseconds without a key after which a longer one is. */
const quiet = 150

class Colouring {
  decorations: DecorationSet
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #view: EditorView

  constructor(view: EditorView) {
    this.#view = view
    this.decorations = coloured(view)
  }

  update({ docChanged, viewportChanged, view, changes, state }: ViewUpdate): void {
    const waits = this.#timer !== undefined || (docChanged && state.doc.length > quickLength)
    if (!waits && (docChanged || viewportChanged)) this.decorations = coloured(view)
    if (!waits || !docChanged) return
    this.decorations = this.decorations.map(changes)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.decorations = coloured(this.#view)
      // Nothing has changed but the colours.
      this.#view.dispatch({})
    }, quiet)
  }

  destroy(): void {
    clearTimeout(this.#timer)
  }
}

/** Colours of what can be seen. */
function coloured({ state, visibleRanges }: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  const colours = coloursOf(readingOf(state))
  for (const { from, to } of visibleRanges)
    for (const { start, end, kind } of colours) if (start >= from && end <= to) builder.add(start, end, marks[kind])
  return builder.finish()
}

/** Colours names by what they stand for, and words, texts and expressions. */
export const colouring = ViewPlugin.fromClass(Colouring, { decorations: ({ decorations }) => decorations })
