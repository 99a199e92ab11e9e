/**
 * Layers of services so that each needs only what is in its own or an earlier layer; services that need one another are in one layer.
 * Tarjan, Depth-first search and linear graph algorithms, 1972; kept free of recursion, since chains can be long.
 * @param services in the order that they keep within a layer @param needs what each of them needs; others are left aside
 */
export function layersOf(
  services: readonly string[],
  needs: (service: string) => readonly string[],
): readonly (readonly string[])[] {
  const layerOf = new Map<string, number>()
  for (const together of components(services, needs)) {
    const members = new Set(together)
    const below = together
      .flatMap(needs)
      .filter((need) => !members.has(need))
      .map((need) => layerOf.get(need) ?? -1)
    const layer = below.reduce((most, one) => Math.max(most, one), -1) + 1
    for (const service of together) layerOf.set(service, layer)
  }
  const layers: string[][] = []
  for (const service of services) (layers[layerOf.get(service)!] ??= []).push(service)
  return layers
}

interface Visit {
  readonly service: string
  readonly needs: readonly string[]
  next: number
}

/** Strongly connected components, what is needed before what needs it. */
export function components(services: readonly string[], needs: (service: string) => readonly string[]): string[][] {
  const known = new Set(services)
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const stacked = new Set<string>()
  const found: string[][] = []
  const enter = (service: string): Visit => {
    index.set(service, index.size)
    low.set(service, index.get(service)!)
    stack.push(service)
    stacked.add(service)
    return { service, needs: needs(service).filter((need) => known.has(need)), next: 0 }
  }
  const lower = (service: string, to: number): void => void low.set(service, Math.min(low.get(service)!, to))
  for (const root of services) {
    const path = index.has(root) ? [] : [enter(root)]
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const need = visit.needs[visit.next++]
      if (need !== undefined) {
        if (!index.has(need)) path.push(enter(need))
        else if (stacked.has(need)) lower(visit.service, index.get(need)!)
        continue
      }
      path.pop()
      if (path.length > 0) lower(path.at(-1)!.service, low.get(visit.service)!)
      if (low.get(visit.service) !== index.get(visit.service)) continue
      const together = stack.splice(stack.indexOf(visit.service))
      for (const service of together) stacked.delete(service)
      found.push(together)
    }
  }
  return found
}
