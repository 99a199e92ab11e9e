/** Old state → its states in the new version; or the first line, from 1, that is not one. */
export function readStateMap(text: string): Record<string, string[]> | { readonly wrongLine: number } {
  const map: Record<string, string[]> = {}
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const [, from, to] = /^\s*([\w-]+)\s*->\s*(.+)$/.exec(line) ?? []
    const states = to?.split(',').map((state) => state.trim()) ?? []
    if (from === undefined || states.length === 0 || states.some((state) => !/^[\w-]+$/.test(state)))
      return { wrongLine: index + 1 }
    map[from] = states
  }
  return map
}

export function isWrong(map: ReturnType<typeof readStateMap>): map is { readonly wrongLine: number } {
  return typeof (map as { wrongLine?: unknown }).wrongLine === 'number'
}
