import type { Model } from '@sutler/engine'
import {
  type Box,
  type Card,
  type CardEntry,
  cardPadding,
  type CardLine,
  entryGap,
  icons,
  iconWidth,
} from '@sutler/patterns/diagram'
import classes from './diagram.module.css'
import type { DiagramMarks } from './marks.ts'
import { Label } from './Label.tsx'

/** The label of an edge: what leads on, one transition below another. */
export function CardLabel({ model, card, box, marks }: { model: Model; card: Card; box: Box; marks: DiagramMarks }) {
  const [left, top] = [box.x - box.width / 2, box.y - box.height / 2]
  return (
    <g>
      <rect className={classes['card']} x={left} y={top} width={box.width} height={box.height} rx={4} />
      <Entries model={model} card={card} left={left} top={top} marks={marks} />
    </g>
  )
}

interface EntriesProps {
  readonly model: Model
  readonly card: Card
  readonly left: number
  readonly top: number
  readonly marks: DiagramMarks
}

export function Entries({ model, card, left, top, marks }: EntriesProps) {
  let next = top + cardPadding
  return card.entries.map((entry) => {
    const y = next
    next += entry.height + entryGap
    return (
      <Entry key={entry.transition} model={model} entry={entry} left={left} top={y} width={card.width} marks={marks} />
    )
  })
}

interface EntryProps extends Omit<EntriesProps, 'card'> {
  readonly entry: CardEntry
  readonly width: number
}

function Entry({ model, entry, left, top, width, marks }: EntryProps) {
  const { transition, lines, height, title } = entry
  const name = model.transitions[transition]?.name ?? ''
  const { onTransition } = marks
  const press = (): void => onTransition?.(transition)
  const hasFired = marks.fired.has(name)
  let next = top
  return (
    <g
      data-transition={name}
      {...(hasFired && { 'data-fired': true })}
      {...(onTransition && {
        className: classes['can'],
        onClick: press,
      })}
    >
      <title>{title}</title>
      <rect
        className={hasFired ? classes['fired'] : classes['card']}
        stroke="none"
        x={left + 2}
        y={top - 2}
        width={width - 4}
        height={height + 4}
        rx={3}
        strokeOpacity={hasFired ? 1 : 0}
      />
      {lines.map((line) => {
        const y = next
        next += line.height
        return <Line key={y} line={line} left={left + cardPadding} top={y} />
      })}
    </g>
  )
}

function Line({ line, left, top }: { line: CardLine; left: number; top: number }) {
  const { icon, kind, text, font, height } = line
  const middle = top + height / 2
  const isQuiet = kind === 'guard' || kind === 'effect'
  return (
    <>
      {icon !== null && (
        <path
          className={classes['icon']}
          data-icon={icon}
          transform={`translate(${left + 5},${middle})`}
          d={icons[icon]}
        />
      )}
      <Label
        text={text}
        x={left + (icon === null ? 0 : iconWidth)}
        y={middle + font.size * 0.35}
        font={font}
        isQuiet={isQuiet}
      />
    </>
  )
}
