/** What a page needs to draw a model with elements of its own: where everything stands, and how lines and icons run. No I/O. */
export { type Card, type CardEntry, cardPadding, type CardLine, entryGap, iconWidth } from './card.ts'
export { linkFont, stateFont } from './graph.ts'
export type { Box, PlacedEdge, PlacedNode } from './layout.ts'
export { type Font, textWidth } from './metrics.ts'
export { icons, pathOf } from './paint.ts'
export { type Picture, pictureOf } from './picture.ts'
