import { attributes, escapeXml } from '../xml/escape.ts'
import { type Card, type CardLine, cardPadding, entryGap, type Icon, iconWidth } from './card.ts'
import { linkFont, stateFont } from './graph.ts'
import type { Box, PlacedEdge, PlacedNode } from './layout.ts'
import { type Font, textWidth } from './metrics.ts'
import type { Point } from './route.ts'
import { light } from './style.ts'

/** A coordinate with at most one decimal. */
export function unit(value: number): string {
  return String(Math.round(value * 10) / 10 || 0)
}

interface TextOptions {
  readonly font: Font
  readonly anchor?: 'middle'
  readonly className?: 'quiet'
}

/** A line of text, held to the width that the layout reckoned with, whatever font is there. */
export function textElement(text: string, x: number, y: number, { font, anchor, className }: TextOptions): string {
  if (text === '') return ''
  return `<text${attributes({
    x: unit(x),
    y: unit(y),
    'font-size': font.size,
    'font-weight': font.bold === true ? 600 : undefined,
    'text-anchor': anchor,
    class: className,
    fill: className === undefined ? undefined : light.quiet,
    textLength: unit(textWidth(text, font)),
    lengthAdjust: 'spacingAndGlyphs',
  })}>${escapeXml(text)}</text>`
}

export function edgeElement({ edge, path }: PlacedEdge): string {
  if (path.length === 0) return ''
  const heads = `${edge.both ? ' marker-start="url(#sutler-head)"' : ''}${edge.to.startsWith('fork') ? '' : ' marker-end="url(#sutler-head)"'}`
  return `<path class="edge" d="${pathOf(path)}"${heads}/>`
}

/** The way of an edge as SVG path data; empty when it has no point. */
export function pathOf([start, ...rest]: readonly Point[]): string {
  return start === undefined ? '' : `M${pair(start)}${curves(rest)}`
}

function curves(points: readonly Point[]): string {
  let text = ''
  for (let index = 0; index + 2 < points.length; index += 3) {
    const [first, second, end] = points.slice(index, index + 3)
    if (first !== undefined && second !== undefined && end !== undefined)
      text += `C${pair(first)} ${pair(second)} ${pair(end)}`
  }
  return text
}

function pair({ x, y }: Point): string {
  return `${unit(x)},${unit(y)}`
}

export interface StateMarks {
  readonly initial: boolean
  readonly final: boolean
  readonly current: boolean
}

export function nodeElement(placed: PlacedNode, marks: StateMarks): string {
  switch (placed.node.kind) {
    case 'state':
      return stateElement(placed, marks)
    case 'fork':
      return forkElement(placed)
    case 'any':
      return `<g>${rectangle(placed, { class: 'box', fill: light.box, stroke: light.rim, 'stroke-dasharray': '4 3', rx: 15 })}${textElement(
        placed.node.text,
        placed.x,
        placed.y + 4.5,
        { font: stateFont, anchor: 'middle' },
      )}</g>`
    case 'link':
      return `<g>${rectangle(placed, { class: 'card', fill: light.card, stroke: light.hair, 'stroke-dasharray': '3 2', rx: 11 })}${textElement(
        placed.node.text,
        placed.x,
        placed.y + 4,
        { font: linkFont, anchor: 'middle' },
      )}</g>`
    case 'start':
      return `<circle class="solid" cx="${unit(placed.x)}" cy="${unit(placed.y)}" r="7" fill="${light.rim}"/>`
    case 'end':
      return endElement(placed)
  }
}

function stateElement(placed: PlacedNode, { initial, final, current }: StateMarks): string {
  const { node, x, y } = placed
  const [fill, stroke] = current ? [light.hereBox, light.here] : [light.box, light.rim]
  const what = [initial ? 'initial' : '', final ? 'final' : '', current ? 'current' : ''].filter((word) => word !== '')
  const title = `${node.state ?? ''}${what.length === 0 ? '' : ` (${what.join(', ')})`}`
  const inner = { ...placed, width: placed.width - 7, height: placed.height - 7 }
  return [
    `<g${attributes({ class: current ? 'state here' : 'state', 'data-state': node.state ?? undefined })}>`,
    `<title>${escapeXml(title)}</title>`,
    rectangle(placed, { class: 'box', fill, stroke, 'stroke-width': current ? 2.5 : 1.5, rx: 9 }),
    final ? rectangle(inner, { class: 'rim', fill: 'none', stroke, rx: 6 }) : '',
    current
      ? `<circle class="solid" cx="${unit(x - placed.width / 2 + 9)}" cy="${unit(y)}" r="3" fill="${stroke}"/>`
      : '',
    textElement(node.text, x, y + 4.5, { font: stateFont, anchor: 'middle' }),
    '</g>',
  ].join('')
}

/** Needs or makes several states: a box with a bar, as a transition of a Petri net. */
function forkElement(placed: PlacedNode): string {
  const { x, y, width, height, node } = placed
  const bar = { x: x - width / 2 + 3, y, width: 6, height }
  const card = node.card
  return [
    '<g>',
    rectangle(placed, { class: 'card', fill: light.card, stroke: light.hair }),
    rectangle(bar, { class: 'solid', fill: light.rim }),
    card === null ? '' : entriesElement(card, x - width / 2 + 8, y - card.height / 2),
    '</g>',
  ].join('')
}

function endElement({ x, y }: PlacedNode): string {
  const arm = 4.2
  const cross = `M${unit(x - arm)},${unit(y - arm)}L${unit(x + arm)},${unit(y + arm)}M${unit(x + arm)},${unit(y - arm)}L${unit(x - arm)},${unit(y + arm)}`
  return `<g fill="none" stroke="${light.rim}" stroke-width="1.5"><circle class="rim" cx="${unit(x)}" cy="${unit(y)}" r="7"/><path class="rim" d="${cross}"/></g>`
}

/** A label on an edge. */
export function cardElement(card: Card, box: Box): string {
  const background = rectangle(box, { class: 'card', fill: light.card, stroke: light.hair, rx: 4 })
  return `<g>${background}${entriesElement(card, box.x - box.width / 2, box.y - box.height / 2)}</g>`
}

function entriesElement(card: Card, left: number, top: number): string {
  let y = top + cardPadding
  return card.entries
    .map((entry, index) => {
      const rule =
        index === 0
          ? ''
          : `<path class="hair" stroke="${light.hair}" d="M${unit(left + cardPadding)},${unit(y - entryGap / 2)}h${unit(card.width - 2 * cardPadding)}"/>`
      const lines = entry.lines.map((line) => {
        const element = lineElement(line, left + cardPadding, y)
        y += line.height
        return element
      })
      y += entryGap
      return `${rule}<g><title>${escapeXml(entry.title)}</title>${lines.join('')}</g>`
    })
    .join('')
}

function lineElement(line: CardLine, left: number, top: number): string {
  const indent = line.icon === null ? 0 : iconWidth
  const middle = top + line.height / 2
  const loud = line.kind === 'trigger' || line.kind === 'name'
  const text = textElement(line.text, left + indent, middle + line.font.size * 0.35, {
    font: line.font,
    ...(!loud && { className: 'quiet' }),
  })
  return line.icon === null ? text : `${iconElement(line.icon, left + 5, middle)}${text}`
}

/** Drawn within 10 by 10 units about 0, 0. */
export const icons: Readonly<Record<Icon, string>> = {
  timer: 'M-4.5,0a4.5,4.5 0 1 0 9,0a4.5,4.5 0 1 0 -9,0M0,-2.8V0L2,1.4',
  task: 'M-4.5,-3.5h9v7h-9zM-2,-1.5L1.8,0L-2,1.5z',
  signal: 'M-4.5,0H4M1,-3L4.2,0L1,3',
  call: 'M-4.5,-4h9v8h-9zM-2,4v-4h4v4',
  clear: 'M-3,-3L3,3M3,-3L-3,3',
}

function iconElement(icon: Icon, x: number, y: number): string {
  const stroke = icon === 'timer' ? light.time : light.quiet
  return `<path class="icon ${icon}" transform="translate(${unit(x)},${unit(y)})" d="${icons[icon]}" fill="none" stroke="${stroke}" stroke-width="1.1"/>`
}

export function rectangle({ x, y, width, height }: Box, more: Readonly<Record<string, string | number>>): string {
  return `<rect${attributes({ x: unit(x - width / 2), y: unit(y - height / 2), width: unit(width), height: unit(height), ...more })}/>`
}
