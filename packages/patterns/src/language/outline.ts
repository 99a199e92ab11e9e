import type { Part, Range, TransitionNode } from '../text/tree.ts'
import { isMarked, signalForm } from './declarations.ts'
import type { Reading } from './reading.ts'

/** An entry of a document's outline. */
export interface OutlineItem {
  readonly name: string
  /** What is said beside the name. */
  readonly detail: string
  readonly kind: 'model' | 'section' | 'data' | 'state' | 'signal' | 'transition' | 'result'
  readonly range: Range
  /** Of the name alone; within `range`. */
  readonly nameRange: Range
  readonly children: readonly OutlineItem[]
}

/** What a pattern holds, in the order of the text: sections with their entries, and transitions. */
export function outlineOf(reading: Reading): OutlineItem[] {
  return reading.tree.parts.flatMap((part) => itemsOf(reading, part))
}

function itemsOf(reading: Reading, part: Part): OutlineItem[] {
  switch (part.kind) {
    case 'model':
      if (part.value === undefined) return []
      return [{ ...leaf('model', part.value.value, '', part.range), nameRange: part.value.range }]
    case 'shared':
    case 'data':
      return section(
        part,
        part.entries.map(({ name, range }) => named('data', name, valueOf(reading, range, name.range), range)),
      )
    case 'states': {
      const marks = (state: (typeof part.states)[number]): string =>
        (['initial', 'final'] as const).filter((mark) => isMarked(reading.tree, mark, state)).join(', ')
      return section(
        part,
        part.states.map((state) => named('state', state.name, marks(state), state.range)),
      )
    }
    case 'signals':
      return section(
        part,
        part.signals.map((signal) =>
          named('signal', signal.name, signalForm(signal).slice(signal.name.value.length), signal.range),
        ),
      )
    case 'returns':
      return section(
        part,
        part.assignments.map(({ name, range }) => named('result', name, '', range)),
      )
    case 'transition':
      return [transitionItem(reading, part)]
    default:
      return []
  }
}

function section(part: Part & { readonly keyword: Range }, children: OutlineItem[]): OutlineItem[] {
  return [{ name: part.kind, detail: '', kind: 'section', range: part.range, nameRange: part.keyword, children }]
}

function transitionItem({ text }: Reading, { on, from, to, name, range, headRange }: TransitionNode): OutlineItem {
  const between = from === undefined || to === undefined ? '' : text.slice(from.range.start.offset, to.range.end.offset)
  const detail = `on ${on?.value ?? '…'}: ${between.replace(/\s+/g, ' ')}`
  const title = name?.value || on?.value || 'on …'
  return { ...leaf('transition', title, detail, range), nameRange: name?.range ?? on?.range ?? headRange }
}

function named(
  kind: OutlineItem['kind'],
  name: { value: string; range: Range },
  detail: string,
  range: Range,
): OutlineItem {
  return { ...leaf(kind, name.value, detail.trim(), range), nameRange: name.range }
}

function leaf(kind: OutlineItem['kind'], name: string, detail: string, range: Range): OutlineItem {
  return { name, detail, kind, range, nameRange: range, children: [] }
}

function valueOf({ text }: Reading, range: Range, name: Range): string {
  return text.slice(name.end.offset, range.end.offset).replace(/\s+/g, ' ').slice(0, 60)
}
