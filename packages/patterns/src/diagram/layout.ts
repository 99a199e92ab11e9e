import { Graph as DagreGraph, layout as arrange } from '@dagrejs/dagre'
import type { Card } from './card.ts'
import { drawnWhole, type Graph, type GraphEdge, type GraphNode } from './graph.ts'
import { type Point, Router } from './route.ts'

/** A rectangle by its middle, in user units; the picture's top left corner is 0, 0. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface PlacedNode extends Box {
  readonly node: GraphNode
}

export interface PlacedEdge {
  readonly edge: GraphEdge
  /** Start, then per Bézier curve its two control points and its end. */
  readonly path: readonly Point[]
  readonly label: Box | null
}

export interface PlacedCard extends Box {
  readonly card: Card
}

export interface Layout {
  readonly width: number
  readonly height: number
  readonly nodes: readonly PlacedNode[]
  readonly edges: readonly PlacedEdge[]
}

interface Rectangle {
  x: number
  y: number
  width: number
  height: number
}

/**
 * Layers from left to right (Sugiyama's method), the same for the same graph. The library arranges layers from top to bottom;
 * so width and height are exchanged before it and x and y after it.
 */
export function layoutOf(graph: Graph): Layout {
  const arranged = new DagreGraph({ multigraph: true })
  arranged.setGraph({
    rankdir: 'TB',
    nodesep: 20,
    edgesep: 14,
    ranksep: 72,
    ...(graph.edges.length > drawnWhole && { ranker: 'longest-path' }),
  })
  arranged.setDefaultEdgeLabel(() => ({}))
  for (const { id, width, height } of graph.nodes) arranged.setNode(id, { width: height, height: width })
  for (const { id, from, to, card } of graph.edges) {
    const size = card === null ? { width: 0, height: 0 } : { width: card.height, height: card.width }
    arranged.setEdge(from, to, { ...size, labelpos: 'c' }, id)
  }
  arrange(arranged)
  return placed(graph, arranged)
}

function placed(graph: Graph, arranged: DagreGraph): Layout {
  const boxes = new Map(graph.nodes.map(({ id }) => [id, arranged.node(id) as Rectangle]))
  const drawn = graph.edges.map((edge) => {
    const found = arranged.edge(edge.from, edge.to, edge.id) as Rectangle & { points: Point[] }
    return { edge, points: found.points, label: edge.card === null ? null : found }
  })
  const paths = new Router(boxes, drawn).paths()
  const nodes = graph.nodes.map((node) => ({ node, ...turned(boxes.get(node.id)) }))
  const edges = drawn.map(({ edge, label }, index) => ({
    edge,
    path: (paths[index] ?? []).map(({ x, y }) => ({ x: y, y: x })),
    label: label === null ? null : turned(label),
  }))
  return moved(nodes, edges)
}

function turned(box: Rectangle | undefined): Box {
  const { x, y, width, height } = box ?? { x: 0, y: 0, width: 0, height: 0 }
  return { x: y, y: x, width: height, height: width }
}

/** Moves all so that it begins at 0, 0. */
function moved(nodes: readonly PlacedNode[], edges: readonly PlacedEdge[]): Layout {
  const boxes: Box[] = [...nodes, ...edges.flatMap(({ label }) => label ?? [])]
  const points = edges.flatMap(({ path }) => path)
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  const include = (x: number, y: number, halfWidth: number, halfHeight: number): void => {
    left = Math.min(left, x - halfWidth)
    top = Math.min(top, y - halfHeight)
    right = Math.max(right, x + halfWidth)
    bottom = Math.max(bottom, y + halfHeight)
  }
  for (const { x, y, width, height } of boxes) include(x, y, width / 2, height / 2)
  for (const { x, y } of points) include(x, y, 0, 0)
  if (left === Infinity) return { width: 0, height: 0, nodes, edges }
  const shift = <T extends Point>(point: T): T => ({ ...point, x: point.x - left, y: point.y - top })
  return {
    width: right - left,
    height: bottom - top,
    nodes: nodes.map(shift),
    edges: edges.map((edge) => ({
      ...edge,
      path: edge.path.map(shift),
      label: edge.label === null ? null : shift(edge.label),
    })),
  }
}
