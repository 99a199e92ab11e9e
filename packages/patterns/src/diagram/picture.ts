import type { Model } from '@sutler/engine'
import type { Card } from './card.ts'
import { graphOf } from './graph.ts'
import { type Layout, layoutOf, type PlacedCard } from './layout.ts'

/** Everything of a model's diagram with its place, in user units from the top left corner of the layout. */
export interface Picture extends Layout {
  /** Transitions that take and change no state, in rows below the states. */
  readonly anywhere: readonly PlacedCard[]
  /** Where the line above them stands; null when there are none. */
  readonly rule: number | null
}

const gap = 14
const headingHeight = 30
const narrowest = 420

export function pictureOf(model: Model): Picture {
  const graph = graphOf(model)
  const layout = layoutOf(graph)
  if (graph.anywhere.length === 0) return { ...layout, anywhere: [], rule: null }
  const rule = layout.height === 0 ? 0 : layout.height + 2 * gap
  const { cards, width, height } = rows(graph.anywhere, Math.max(layout.width, narrowest), rule + headingHeight)
  return { ...layout, anywhere: cards, rule, width: Math.max(layout.width, width), height }
}

/** Cards side by side, in rows no longer than `longest` unless one alone is. */
function rows(
  cards: readonly Card[],
  longest: number,
  top: number,
): { readonly cards: readonly PlacedCard[]; readonly width: number; readonly height: number } {
  const placed: PlacedCard[] = []
  let [left, rowTop, rowHeight, width] = [0, top, 0, 0]
  for (const card of cards) {
    if (left > 0 && left + card.width > longest) {
      rowTop += rowHeight + gap
      left = 0
      rowHeight = 0
    }
    placed.push({ card, x: left + card.width / 2, y: rowTop + card.height / 2, width: card.width, height: card.height })
    left += card.width + gap
    width = Math.max(width, left - gap)
    rowHeight = Math.max(rowHeight, card.height)
  }
  return { cards: placed, width, height: rowTop + rowHeight }
}
