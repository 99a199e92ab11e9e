/** What is looked at of a component. */
interface Staged {
  readonly name: string
  readonly after: readonly string[]
}

/**
 * In which stage each component of a version is delivered: one after all that it names in `after`, from 0. Where not all components
 * are delivered, what the others wait for is still waited for, and no stage is left empty.
 * @param delivered names of those that go to some device
 */
export function stagesOf(components: readonly Staged[], delivered: ReadonlySet<string>): ReadonlyMap<string, number> {
  const byName = new Map(components.map((component) => [component.name, component]))
  const depth = new Map<string, number>()
  const depthOf = (name: string): number => {
    const known = depth.get(name)
    if (known !== undefined) return known
    // A circle is refused when a version is published; here it only must not run for ever.
    depth.set(name, 0)
    const before = (byName.get(name)?.after ?? []).map((earlier) => depthOf(earlier))
    const own = before.length === 0 ? 0 : Math.max(...before) + 1
    depth.set(name, own)
    return own
  }
  const deep = [...delivered].map((name) => [name, depthOf(name)] as const)
  const stages = [...new Set(deep.map(([, own]) => own))].sort((one, other) => one - other)
  return new Map(deep.map(([name, own]) => [name, stages.indexOf(own)]))
}

/** Components that wait for one another in a circle, in its order, the first one again at the end; null when there is none. */
export function circleOf(components: readonly Staged[]): readonly string[] | null {
  const byName = new Map(components.map((component) => [component.name, component.after]))
  const done = new Set<string>()
  const walk = (name: string, path: readonly string[]): readonly string[] | null => {
    const at = path.indexOf(name)
    if (at >= 0) return [...path.slice(at), name]
    if (done.has(name)) return null
    for (const earlier of byName.get(name) ?? []) {
      const circle = walk(earlier, [...path, name])
      if (circle !== null) return circle
    }
    done.add(name)
    return null
  }
  for (const { name } of components) {
    const circle = walk(name, [])
    if (circle !== null) return circle
  }
  return null
}
