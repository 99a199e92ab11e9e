import type { GraphEdge } from './graph.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

interface Rectangle extends Point {
  readonly width: number
  readonly height: number
}

/** An edge as the library arranged it: layers from top to bottom, a point per layer that it passes. */
export interface ArrangedEdge {
  readonly edge: GraphEdge
  readonly points: readonly Point[]
  readonly label: Rectangle | null
}

interface End {
  readonly edge: number
  readonly last: boolean
  readonly toward: number
}

/** Edges come straight to where they end, so that an arrowhead points at its box. */
const lead = 12
/** Keeps the ends of edges off a node's corners. */
const corner = 9

/**
 * Draws edges so that none touches a box: each layer is a band as high as its highest box, edges pass bands straight and bend
 * only between them. Ends are spread along the side of a node in the order in which the edges come, so that they do not cross there.
 */
export class Router {
  readonly #boxes: ReadonlyMap<string, Rectangle>
  readonly #edges: readonly ArrangedEdge[]
  /** Half the height of each band, by its middle. */
  readonly #bands = new Map<string, number>()
  readonly #ports = new Map<string, number>()

  constructor(boxes: ReadonlyMap<string, Rectangle>, edges: readonly ArrangedEdge[]) {
    this.#boxes = boxes
    this.#edges = edges
    const labels = edges.flatMap(({ label }) => label ?? [])
    for (const { y, height } of [...boxes.values(), ...labels]) {
      this.#bands.set(band(y), Math.max(this.#bands.get(band(y)) ?? 0, height / 2))
    }
    this.#spread()
  }

  /** Per edge: start, then per Bézier curve its two control points and its end. */
  paths(): readonly (readonly Point[])[] {
    return this.#edges.map((edge, index) =>
      edge.edge.from === edge.edge.to ? this.#loop(edge) : this.#path(edge, index),
    )
  }

  #spread(): void {
    const sides = new Map<string, End[]>()
    for (const [index, { edge, points }] of this.#edges.entries()) {
      if (edge.from === edge.to) continue
      for (const last of [false, true]) {
        const box = this.#boxes.get(last ? edge.to : edge.from)
        const next = last ? points.at(-2) : points[1]
        if (box === undefined || next === undefined) continue
        const side = `${last ? edge.to : edge.from} ${next.y > box.y ? 'below' : 'above'}`
        sides.set(side, [...(sides.get(side) ?? []), { edge: index, last, toward: next.x }])
      }
    }
    for (const [side, ends] of sides) this.#spreadSide(side, ends)
  }

  #spreadSide(side: string, ends: readonly End[]): void {
    const box = this.#boxes.get(side.slice(0, side.lastIndexOf(' ')))
    if (box === undefined) return
    const room = Math.max(0, box.width - 2 * Math.min(corner, box.width / 4))
    const step = Math.min(18, room / Math.max(1, ends.length - 1))
    const ordered = ends.toSorted((a, b) => a.toward - b.toward || a.edge - b.edge)
    for (const [index, { edge, last }] of ordered.entries()) {
      this.#ports.set(`${edge} ${last}`, box.x + (index - (ends.length - 1) / 2) * step)
    }
  }

  #path({ edge, points }: ArrangedEdge, index: number): readonly Point[] {
    const from = this.#boxes.get(edge.from)
    const to = this.#boxes.get(edge.to)
    if (from === undefined || to === undefined) return []
    const passed = points.slice(1, -1)
    const down = (passed[0]?.y ?? to.y) > from.y ? 1 : -1
    const start = this.#ports.get(`${index} false`) ?? from.x
    const end = this.#ports.get(`${index} true`) ?? to.x
    const path: Point[] = [{ x: start, y: from.y + (down * from.height) / 2 }]
    straight(path, start, from.y + down * Math.max(this.#half(from.y), from.height / 2 + lead / 2))
    for (const { x, y } of passed) {
      const half = this.#half(y)
      bend(path, { x, y: y - down * half })
      straight(path, x, y + down * half)
    }
    bend(path, { x: end, y: to.y - down * Math.max(this.#half(to.y), to.height / 2 + lead) })
    straight(path, end, to.y - (down * to.height) / 2)
    return path
  }

  /** Out on the right side of its box, to its label, and back. */
  #loop({ edge, label }: ArrangedEdge): readonly Point[] {
    const box = this.#boxes.get(edge.from)
    if (box === undefined || label === null) return []
    const side = box.x + box.width / 2
    const edgeOfLabel = label.x - label.width / 2
    const reach = Math.max(4, Math.min(box.height / 2 - 8, 22))
    const middle = (side + edgeOfLabel) / 2
    return [
      { x: side, y: box.y - reach },
      { x: middle, y: box.y - reach },
      { x: edgeOfLabel, y: box.y - reach / 2 },
      { x: edgeOfLabel, y: box.y },
      { x: edgeOfLabel, y: box.y + reach / 2 },
      { x: middle, y: box.y + reach },
      { x: side, y: box.y + reach },
    ]
  }

  #half(y: number): number {
    return this.#bands.get(band(y)) ?? 0
  }
}

function band(y: number): string {
  return y.toFixed(2)
}

function straight(path: Point[], x: number, y: number): void {
  const at = path.at(-1) ?? { x, y }
  if (Math.abs(at.y - y) < 0.01) return
  path.push(at, { x, y }, { x, y })
}

/** From straight to straight, within the gap between two bands. */
function bend(path: Point[], to: Point): void {
  const at = path.at(-1) ?? to
  const middle = (at.y + to.y) / 2
  path.push({ x: at.x, y: middle }, { x: to.x, y: middle }, to)
}
