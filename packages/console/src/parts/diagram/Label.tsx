import { type Font, textWidth } from '@sutler/patterns/diagram'
import classes from './diagram.module.css'

interface LabelProps {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly font: Font
  readonly isQuiet?: boolean
  readonly isMiddle?: boolean
}

/** A line of text, held to the width that the layout reckoned with, whatever font is there. */
export function Label({ text, x, y, font, isQuiet = false, isMiddle = false }: LabelProps) {
  if (text === '') return null
  return (
    <text
      x={x}
      y={y}
      fontSize={font.size}
      fontWeight={font.bold ? 600 : undefined}
      textAnchor={isMiddle ? 'middle' : undefined}
      className={isQuiet ? classes['quiet'] : undefined}
      textLength={textWidth(text, font)}
      lengthAdjust="spacingAndGlyphs"
    >
      {text}
    </text>
  )
}
