import { byNewest } from '../domain/version-choice.ts'
import type { Relation } from '../domain/definition.ts'
import type { DefinitionStorage, Visibility } from './storage.ts'
import { visibleService } from './visibility.ts'

/** A relation as somebody looks at it from the service that has it. */
export interface NamedRelation extends Relation {
  /** Whose newest version says so. */
  readonly by: { readonly service: string; readonly version: string }
}

/** Versions looked at: more than any service and its neighbours have. */
const most = 2_000

/**
 * What the newest version of a service says of others, and what the newest versions of others say of it, by service.
 * @throws CallerError `not-found`
 */
export async function relationsAround(
  rows: DefinitionStorage,
  visible: Visibility,
  id: string,
): Promise<{ readonly names: NamedRelation[]; readonly namedBy: NamedRelation[] }> {
  await visibleService(rows, visible, id)
  const living = (await rows.around(visible, id, most)).filter(({ state }) => state !== 'retired')
  const newest = [...Map.groupBy(living, ({ service }) => service).values()].map((own) => own.toSorted(byNewest)[0]!)
  const all = newest.flatMap(({ service, version, relations }) =>
    relations.map((relation) => ({ ...relation, by: { service, version } })),
  )
  const sorted = all.toSorted((a, b) => (a.by.service + a.service < b.by.service + b.service ? -1 : 1))
  return {
    names: sorted.filter(({ by }) => by.service === id),
    namedBy: sorted.filter(({ by, service }) => by.service !== id && service === id),
  }
}
