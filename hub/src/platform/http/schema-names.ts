import { z } from 'zod'

/**
 * Which schemas go by which name in openapi.json. Where two had one name, the document would have one of them, and a generated
 * client would take the other for it. To be imported before whatever makes schemas.
 */
export function watchNames(registry: Pick<typeof z.globalRegistry, 'add'>): () => string[] {
  const known = new Map<string, unknown>()
  const twice = new Set<string>()
  const add = registry.add.bind(registry) as (schema: unknown, meta?: { readonly id?: string }) => typeof registry
  registry.add = ((schema: unknown, meta?: { readonly id?: string }) => {
    const id = meta?.id
    if (id !== undefined && (known.get(id) ?? schema) !== schema) twice.add(id)
    if (id !== undefined) known.set(id, schema)
    return add(schema, meta)
  }) as typeof registry.add
  return () => [...twice].toSorted()
}

/** Names that several schemas have. */
export const namedTwice = watchNames(z.globalRegistry)
