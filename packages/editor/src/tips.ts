import { hoverTooltip } from '@codemirror/view'
import { hoverAt } from '@sutler/patterns/language'
import { readingOf } from './readings.ts'

/** Shows beside the pointer what a name or word means. */
export const tips = hoverTooltip(({ state }, position) => {
  const hover = hoverAt(readingOf(state), position)
  if (hover === null) return null
  return {
    pos: hover.range.start.offset,
    end: hover.range.end.offset,
    above: true,
    create: () => ({ dom: tip(hover.title, hover.lines) }),
  }
})

/** A box with code in its first line, and sentences. */
export function tip(title: string, lines: readonly string[]): HTMLElement {
  const box = document.createElement('div')
  box.className = 'cm-pattern-tip'
  const code = box.appendChild(document.createElement('code'))
  code.textContent = title
  for (const line of lines) box.appendChild(document.createElement('p')).textContent = line
  return box
}
