import { ActionIcon, Group, Skeleton, Tooltip } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { IconArrowsMaximize, IconMinus, IconPlus } from '@tabler/icons-react'
import type { Model } from '@sutler/engine'
import { pathOf, type Picture } from '@sutler/patterns/diagram'
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { models } from '#words/models.ts'
import { CardLabel } from './Card.tsx'
import classes from './diagram.module.css'
import { boxesOf, type DiagramMarks } from './marks.ts'
import { Label } from './Label.tsx'
import { Node } from './Node.tsx'

interface ModelDiagramProps {
  readonly model: Model
  /** Undefined while it is drawn. */
  readonly picture: Picture | undefined
  readonly current?: readonly string[]
  readonly fired?: readonly string[]
  readonly marked?: string | null
  readonly onState?: (state: string) => void
  readonly onTransition?: (transition: number) => void
  /** CSS length. */
  readonly height?: string
}

const margin = 20
/** Smaller letters cannot be read: then it is scrolled instead. */
const smallest = 0.55
const step = 1.25
const [least, most] = [0.1, 3]

/** A model's picture, with its current states lit; scrolled to them, and as large as somebody wants it. */
export function ModelDiagram({ model, picture, current, fired, marked, height = '60vh', ...props }: ModelDiagramProps) {
  const [zoom, setZoom] = useState<number | null>(null)
  const { ref: sizeRef, width: room } = useElementSize<HTMLDivElement>()
  const view = useRef<HTMLDivElement>(null)
  const marks = useMemo(
    (): DiagramMarks => ({
      current: new Set(current),
      fired: new Set(fired),
      marked: marked ?? null,
      onState: props.onState,
      onTransition: props.onTransition,
    }),
    [current, fired, marked, props.onState, props.onTransition],
  )
  const whole = picture === undefined ? 1 : Math.min(1, room / (picture.width + 2 * margin))
  const scale = zoom ?? Math.max(whole, smallest)
  useShown(view, picture, marks, scale)
  if (picture === undefined) return <Skeleton height={height} />
  const zoomTo = (next: number): void => setZoom(Math.min(most, Math.max(least, next)))
  return (
    <div className={classes['frame']} ref={sizeRef}>
      <div
        className={classes['view']}
        ref={view}
        style={{ maxHeight: height }}
        tabIndex={0}
        role="group"
        aria-label={models.diagramOf(`${model.model} ${model.version}`, [...marks.current])}
      >
        <Drawing model={model} picture={picture} marks={marks} scale={scale} />
      </div>
      <Group className={classes['tools']} gap={0}>
        <Tool label={models.zoomOut} icon={IconMinus} onClick={() => zoomTo(scale / step)} />
        <Tool label={models.zoomWhole} icon={IconArrowsMaximize} onClick={() => setZoom(whole)} />
        <Tool label={models.zoomIn} icon={IconPlus} onClick={() => zoomTo(scale * step)} />
      </Group>
    </div>
  )
}

function Tool({ label, icon: Icon, onClick }: { label: string; icon: typeof IconPlus; onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon onClick={onClick} aria-label={label}>
        <Icon size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}

interface DrawingProps {
  readonly model: Model
  readonly picture: Picture
  readonly marks: DiagramMarks
  readonly scale: number
}

function Drawing({ model, picture, marks, scale }: DrawingProps) {
  const head = useId()
  const [width, height] = [picture.width + 2 * margin, picture.height + 2 * margin]
  return (
    <svg
      className={classes['picture']}
      width={width * scale}
      height={height * scale}
      viewBox={`${-margin} ${-margin} ${width} ${height}`}
      fontFamily="Helvetica, Arial, 'Liberation Sans', sans-serif"
      {...(marks.onState ? { role: 'group', 'aria-label': models.statesOfDiagram } : { 'aria-hidden': true })}
    >
      <defs>
        <marker
          id={head}
          viewBox="0 0 10 10"
          refX={9}
          refY={5}
          markerWidth={8}
          markerHeight={8}
          markerUnits="userSpaceOnUse"
          orient="auto-start-reverse"
        >
          <path className={classes['head']} d="M0,1L10,5L0,9z" />
        </marker>
      </defs>
      {picture.edges.map(({ edge, path }) => (
        <path
          key={edge.id}
          className={classes['edge']}
          d={pathOf(path)}
          {...(!edge.to.startsWith('fork') && { markerEnd: `url(#${head})` })}
          {...(edge.both && { markerStart: `url(#${head})` })}
        />
      ))}
      {picture.edges.map(
        ({ edge, label }) =>
          edge.card !== null &&
          label !== null && <CardLabel key={edge.id} model={model} card={edge.card} box={label} marks={marks} />,
      )}
      {picture.nodes.map((placed) => (
        <Node key={placed.node.id} model={model} placed={placed} marks={marks} />
      ))}
      {picture.rule !== null && (
        <>
          <path className={classes['hair']} d={`M0,${picture.rule}h${picture.width}`} />
          <Label text={models.anywhere} x={0} y={picture.rule + 19} font={{ size: 12, bold: true }} isQuiet />
        </>
      )}
      {picture.anywhere.map((placed) => (
        <CardLabel
          key={placed.card.entries[0]?.transition}
          model={model}
          card={placed.card}
          box={placed}
          marks={marks}
        />
      ))}
    </svg>
  )
}

/** Scrolls the view, and only the view, to what is current when none of it can be seen. */
function useShown(
  view: { readonly current: HTMLDivElement | null },
  picture: Picture | undefined,
  { current, marked }: DiagramMarks,
  scale: number,
): void {
  useEffect(() => {
    const element = view.current
    if (element === null || picture === undefined) return
    const boxes = boxesOf(picture, marked === null ? current : new Set([marked]))
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = element
    const isSeen = boxes.some(({ x, y }) => {
      const [left, top] = [(x + margin) * scale, (y + margin) * scale]
      return left > scrollLeft && left < scrollLeft + clientWidth && top > scrollTop && top < scrollTop + clientHeight
    })
    const [first] = boxes
    if (isSeen || first === undefined) return
    element.scrollTo({
      left: (first.x + margin) * scale - clientWidth / 2,
      top: (first.y + margin) * scale - clientHeight / 2,
    })
  }, [view, picture, current, marked, scale])
}
