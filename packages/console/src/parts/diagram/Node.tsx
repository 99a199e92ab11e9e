import type { Model } from '@sutler/engine'
import { linkFont, type PlacedNode, stateFont } from '@sutler/patterns/diagram'
import { models } from '#words/models.ts'
import { Entries } from './Card.tsx'
import classes from './diagram.module.css'
import { Label } from './Label.tsx'
import { type DiagramMarks, pressed, stateTitle } from './marks.ts'

interface NodeProps {
  readonly model: Model
  readonly placed: PlacedNode
  readonly marks: DiagramMarks
}

/** A state, or what edges meet in. */
export function Node({ model, placed, marks }: NodeProps) {
  const { node, x, y, width, height } = placed
  switch (node.kind) {
    case 'state':
      return <State model={model} placed={placed} marks={marks} />
    case 'fork':
      return <Fork model={model} placed={placed} marks={marks} />
    case 'start':
      return <circle className={classes['solid']} cx={x} cy={y} r={7} />
    case 'end':
      return (
        <g>
          <circle className={classes['rim']} cx={x} cy={y} r={7} />
          <path className={classes['rim']} d={`M${x - 4},${y - 4}l8,8m0,-8l-8,8`} />
        </g>
      )
    case 'any':
    case 'link': {
      const isLink = node.kind === 'link'
      return (
        <g>
          <rect
            className={`${classes[isLink ? 'card' : 'box']} ${classes['dashed']}`}
            x={x - width / 2}
            y={y - height / 2}
            width={width}
            height={height}
            rx={isLink ? 11 : 15}
          />
          <Label text={node.text} x={x} y={y + 4.5} font={isLink ? linkFont : stateFont} isMiddle />
        </g>
      )
    }
  }
}

function State({ model, placed, marks }: NodeProps) {
  const { node, x, y, width, height } = placed
  const state = node.state ?? ''
  const isCurrent = marks.current.has(state)
  const isFinal = model.final.includes(state)
  const title = stateTitle(model, state, marks.current, models.marks)
  const { onState } = marks
  const press = (): void => onState?.(state)
  const className = [
    isCurrent ? classes['here'] : '',
    marks.marked === state ? classes['marked'] : '',
    onState ? classes['can'] : '',
  ].join(' ')
  return (
    <g
      className={className}
      data-state={state}
      {...(onState && { role: 'button', tabIndex: 0, 'aria-label': title, onClick: press, onKeyDown: pressed(press) })}
    >
      <title>{title}</title>
      <rect className={classes['box']} x={x - width / 2} y={y - height / 2} width={width} height={height} rx={9} />
      {isFinal && (
        <rect
          className={classes['rim']}
          x={x - width / 2 + 3.5}
          y={y - height / 2 + 3.5}
          width={width - 7}
          height={height - 7}
          rx={6}
        />
      )}
      {isCurrent && <circle className={classes['solid']} cx={x - width / 2 + 9} cy={y} r={3} />}
      <Label text={node.text} x={x} y={y + 4.5} font={stateFont} isMiddle />
    </g>
  )
}

/** Needs or makes several states: a box with a bar, as a transition of a Petri net. */
function Fork({ model, placed, marks }: NodeProps) {
  const { x, y, width, height, node } = placed
  const left = x - width / 2
  return (
    <g>
      <rect className={classes['card']} x={left} y={y - height / 2} width={width} height={height} />
      <rect className={classes['solid']} x={left} y={y - height / 2} width={6} height={height} />
      {node.card && (
        <Entries model={model} card={node.card} left={left + 8} top={y - node.card.height / 2} marks={marks} />
      )}
    </g>
  )
}
