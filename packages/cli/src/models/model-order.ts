import type { Model } from '@sutler/engine'

/**
 * In which order models are published: those that are called before those that call them, otherwise as given. Models that
 * call one another in a circle stay as given.
 */
export function calledFirst<T extends { readonly model: Model }>(given: readonly T[]): T[] {
  const byName = Map.groupBy(given, ({ model }) => model.model)
  const ordered = new Set<T>()
  const visit = (each: T, callers: ReadonlySet<string>): void => {
    if (ordered.has(each)) return
    const within = new Set([...callers, each.model.model])
    for (const name of called(each.model)) {
      if (!within.has(name)) for (const callee of byName.get(name) ?? []) visit(callee, within)
    }
    ordered.add(each)
  }
  for (const each of given) visit(each, new Set())
  return [...ordered]
}

/** Names of the models that a model calls, where they are written out. */
function called(model: Model): Set<string> {
  const urls = model.transitions.flatMap(({ call }) => call ?? []).map(({ url }) => url)
  return new Set(urls.flatMap((url) => /^model:([A-Za-z][A-Za-z0-9_-]*)[@/]/.exec(url)?.[1] ?? []))
}
