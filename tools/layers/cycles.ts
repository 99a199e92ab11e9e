import { dirname } from 'node:path'
import type { SourceFile } from './imports.ts'

/**
 * Circles among files, each as the list of its files. Type-only imports count between folders; within one folder two files may
 * know each other's types: they are then two halves of one thing.
 */
export function circles(files: readonly SourceFile[]): string[][] {
  const known = new Set(files.map((file) => file.path))
  const next = new Map(
    files.map((file) => {
      const counted = file.imports.filter(
        ({ to, typeOnly }) => known.has(to) && !(typeOnly && dirname(to) === dirname(file.path)),
      )
      return [file.path, [...new Set(counted.map(({ to }) => to))]] as const
    }),
  )
  return stronglyConnected(next).filter((group) => group.length > 1)
}

/** Circles among the hub's modules, whichever files they go through. */
export function moduleCircles(files: readonly SourceFile[]): string[][] {
  const moduleOf = (path: string): string | undefined => /^hub\/src\/modules\/([^/]+)\//.exec(path)?.[1]
  const next = new Map<string, string[]>()
  for (const file of files) {
    const from = moduleOf(file.path)
    if (from === undefined || /\.test\.ts$|\/test\//.test(file.path)) continue
    const to = file.imports
      .map((i) => moduleOf(i.to))
      .filter((name): name is string => name !== undefined && name !== from)
    next.set(from, [...new Set([...(next.get(from) ?? []), ...to])])
  }
  return stronglyConnected(next).filter((group) => group.length > 1)
}

/** Tarjan's algorithm, without recursion: a long chain of imports must not overflow the stack. */
function stronglyConnected(next: ReadonlyMap<string, readonly string[]>): string[][] {
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const onStack = new Set<string>()
  const groups: string[][] = []
  for (const root of next.keys()) {
    if (index.has(root)) continue
    const work: { node: string; position: number }[] = [{ node: root, position: 0 }]
    while (work.length > 0) {
      const top = work.at(-1)!
      const { node } = top
      if (top.position === 0) {
        index.set(node, index.size)
        low.set(node, index.get(node)!)
        stack.push(node)
        onStack.add(node)
      }
      const to = (next.get(node) ?? [])[top.position++]
      if (to !== undefined) {
        if (!index.has(to)) work.push({ node: to, position: 0 })
        else if (onStack.has(to)) low.set(node, Math.min(low.get(node)!, index.get(to)!))
        continue
      }
      work.pop()
      const parent = work.at(-1)?.node
      if (parent !== undefined) low.set(parent, Math.min(low.get(parent)!, low.get(node)!))
      if (low.get(node) !== index.get(node)) continue
      const group = stack.splice(stack.indexOf(node))
      for (const member of group) onStack.delete(member)
      groups.push(group)
    }
  }
  return groups
}
