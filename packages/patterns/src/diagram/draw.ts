import type { Model } from '@sutler/engine'
import { escapeXml } from '../xml/escape.ts'
import { fitText, type Font } from './metrics.ts'
import { cardElement, edgeElement, nodeElement, type StateMarks, textElement, unit } from './paint.ts'
import { type Picture, pictureOf } from './picture.ts'
import { fontFamily, light, styleFor, type Theme } from './style.ts'

export interface DrawOptions {
  /** The current states of an instance: highlighted. */
  readonly states?: readonly string[]
  /** Without one, the reader's own preference decides. */
  readonly theme?: Theme
  /** Instead of the model's own title. */
  readonly title?: string
}

const margin = 24
const narrowest = 320
const titleFont: Font = { size: 16, bold: true }
const subtitleFont: Font = { size: 12 }
const headingFont: Font = { size: 12, bold: true }
const headHeight = 50

/**
 * A model's picture as one self-contained SVG document: states, and as labelled edges what leads from one to another. The same text
 * for the same model and options; needs no browser. Text of the model is escaped wherever it stands.
 */
export function drawModel(model: Model, options: DrawOptions = {}): string {
  const picture = pictureOf(model)
  const width = Math.max(narrowest, picture.width) + 2 * margin
  const height = picture.height + headHeight + 2 * margin
  const name = `${model.model} ${model.version}`
  const title = options.title ?? model.title ?? model.model
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="sutler-diagram" role="img" aria-labelledby="sutler-title sutler-desc" width="${unit(width)}" height="${unit(height)}" viewBox="0 0 ${unit(width)} ${unit(height)}" font-family="${fontFamily}" fill="${light.ink}">`,
    `<title id="sutler-title">${escapeXml(title)}</title>`,
    `<desc id="sutler-desc">${escapeXml(describe(model, options.states))}</desc>`,
    `<style>${styleFor(options.theme)}</style>`,
    `<defs><marker id="sutler-head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto-start-reverse" markerUnits="userSpaceOnUse"><path class="head" d="M0,1L10,5L0,9z" fill="${light.line}"/></marker></defs>`,
    `<rect class="paper" width="100%" height="100%" fill="${light.paper}"/>`,
    textElement(fitText(title, titleFont, width - 2 * margin), margin, margin + 14, { font: titleFont }),
    textElement(fitText(name, subtitleFont, width - 2 * margin), margin, margin + 33, {
      font: subtitleFont,
      className: 'quiet',
    }),
    `<g transform="translate(${margin},${margin + headHeight})">`,
    ...body(model, picture, new Set(options.states)),
    '</g>',
    '</svg>',
    '',
  ]
    .filter((line, index, lines) => line !== '' || index === lines.length - 1)
    .join('\n')
}

function body(model: Model, picture: Picture, current: ReadonlySet<string>): string[] {
  const { nodes, edges, anywhere, rule, width } = picture
  const marksOf = (state: string | null): StateMarks => ({
    initial: state !== null && model.initial.includes(state),
    final: state !== null && model.final.includes(state),
    current: state !== null && current.has(state),
  })
  return [
    `<g fill="none" stroke="${light.line}" stroke-width="1.4">`,
    ...edges.map(edgeElement),
    '</g>',
    ...edges.flatMap(({ edge, label }) => (edge.card === null || label === null ? [] : cardElement(edge.card, label))),
    ...nodes.map((placed) => nodeElement(placed, marksOf(placed.node.state))),
    ...(rule === null
      ? []
      : [
          `<path class="hair" stroke="${light.hair}" d="M0,${unit(rule)}h${unit(width)}"/>`,
          textElement('In any state, changing none', 0, rule + 19, { font: headingFont, className: 'quiet' }),
        ]),
    ...anywhere.map((placed) => cardElement(placed.card, placed)),
  ]
}

/** For those who cannot see the picture. */
function describe(model: Model, states: readonly string[] | undefined): string {
  const lines = [
    `${model.model} ${model.version}: ${model.states.length} states, ${model.transitions.length} transitions.`,
    `Initial: ${model.initial.join(', ')}. Final: ${model.final.join(', ')}.`,
  ]
  if (states !== undefined) lines.push(`Current: ${states.join(', ') || 'none'}.`)
  return lines.join(' ')
}
