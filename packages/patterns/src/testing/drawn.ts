import type { Box } from '../diagram/layout.ts'
import type { Picture } from '../diagram/picture.ts'
import type { Point } from '../diagram/route.ts'

export interface NamedBox extends Box {
  readonly name: string
}

/** Every box of a picture: states, forks, labels of edges, and what stands below. */
export function boxesOf({ nodes, edges, anywhere }: Picture): NamedBox[] {
  return [
    ...nodes.map((placed) => ({ ...boxOf(placed), name: placed.node.id })),
    ...edges.flatMap(({ edge, label }) => (label === null ? [] : [{ ...label, name: `label of ${edge.id}` }])),
    ...anywhere.map((placed, index) => ({ ...boxOf(placed), name: `anywhere ${index}` })),
  ]
}

function boxOf({ x, y, width, height }: Box): Box {
  return { x, y, width, height }
}

/** Pairs of boxes that lie over each other. */
export function overlaps(boxes: readonly NamedBox[]): string[] {
  return boxes.flatMap((a, index) =>
    boxes
      .slice(index + 1)
      .filter(
        (b) =>
          Math.abs(a.x - b.x) < (a.width + b.width) / 2 - 0.5 && Math.abs(a.y - b.y) < (a.height + b.height) / 2 - 0.5,
      )
      .map((b) => `${a.name} and ${b.name}`),
  )
}

/** Edges that run through a box that is neither an end nor the label of theirs. */
export function crossings(picture: Picture): string[] {
  const boxes = boxesOf(picture)
  return picture.edges.flatMap(({ edge, path }) => {
    const points = pointsOf(path)
    return boxes
      .filter(({ name }) => ![edge.from, edge.to, `label of ${edge.id}`].includes(name))
      .filter((box) => points.some((point) => isWithin(point, box)))
      .map(({ name }) => `${edge.from} to ${edge.to} through ${name}`)
  })
}

function isWithin({ x, y }: Point, box: Box): boolean {
  return Math.abs(x - box.x) < box.width / 2 - 1 && Math.abs(y - box.y) < box.height / 2 - 1
}

/** Points along the Bézier curves of a path. */
function pointsOf(path: readonly Point[]): Point[] {
  const points: Point[] = []
  for (let index = 0; index + 3 < path.length; index += 3) {
    const [a, b, c, d] = path.slice(index, index + 4)
    if (a === undefined || b === undefined || c === undefined || d === undefined) continue
    for (let t = 0; t <= 1; t += 0.05)
      points.push({ x: bezier(t, a.x, b.x, c.x, d.x), y: bezier(t, a.y, b.y, c.y, d.y) })
  }
  return points
}

function bezier(t: number, a: number, b: number, c: number, d: number): number {
  const u = 1 - t
  return u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d
}
