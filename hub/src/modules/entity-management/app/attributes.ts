import type { Sql } from '../../../platform/database.ts'
import { CallerError, errorCode, type ErrorPlace } from '../../../platform/errors.ts'
import { appendEvents } from '../../../platform/events.ts'
import {
  valueFault,
  type AttributeDefinition,
  type EntityKind,
  type Labels,
  type LabelsChange,
} from '../domain/attributes.ts'
import { missing } from './codes.ts'
import type { EntityDependencies } from './dependencies.ts'

export const attributesInvalid = errorCode(
  'attributes-invalid',
  422,
  'Attributes do not keep to their definitions',
  'Correct the values at the places named; GET /api/v1/attributes shows what each attribute takes.',
)

export const tooManyAttributes = errorCode(
  'too-many-attributes',
  409,
  'There are as many attributes of that kind as there may be',
  'Remove the definition of one that is not used any more (DELETE /api/v1/attributes/{kind}/{name}).',
)

/** Of one kind of entity, in one tenant. */
const mostDefinitions = 100

export type NewDefinition = Omit<AttributeDefinition, 'version' | 'createdAt'>
type Admit = (current: AttributeDefinition | undefined) => void

export type Attributes = ReturnType<typeof attributes>

/** Attributes that a tenant's operators define, and the values that keep to them. */
export function attributes({ database, doorbells, clock, storage }: EntityDependencies) {
  const store = storage.attributes

  const event = (type: string, { tenant, kind, name, type: of, required }: AttributeDefinition) => {
    return { type, subject: `${kind}.${name}`, tenant, household: null, data: { kind, name, type: of, required } }
  }

  return {
    all: (tenant: string, kind?: EntityKind): Promise<AttributeDefinition[]> => store.all(database.sql, tenant, kind),

    find: (tenant: string, kind: EntityKind, name: string): Promise<AttributeDefinition | undefined> =>
      store.find(database.sql, tenant, kind, name),

    /** Defines, or defines anew. @returns also how many entities do not fit now @throws CallerError `too-many-attributes` */
    put: (wanted: NewDefinition, admit: Admit): Promise<{ definition: AttributeDefinition; misfits: number }> =>
      database.transaction(async (tx) => {
        const { tenant, kind, name } = wanted
        const current = await store.find(tx.sql, tenant, kind, name, true)
        admit(current)
        if (current === undefined && (await store.all(tx.sql, tenant, kind)).length >= mostDefinitions)
          throw new CallerError(tooManyAttributes, `There are ${mostDefinitions} attributes of ${kind}s.`)
        const { version = 0, createdAt = clock.now() } = current ?? {}
        const definition = { ...wanted, version: version + 1, createdAt }
        await store.put(tx.sql, definition)
        await appendEvents(tx, doorbells, [event(current ? 'attribute.changed' : 'attribute.defined', definition)])
        return { definition, misfits: await store.misfits(tx.sql, definition) }
      }),

    /** The values that entities have stay until somebody takes them away. @returns how many entities have one */
    remove: (tenant: string, kind: EntityKind, name: string): Promise<{ holders: number }> =>
      database.transaction(async (tx) => {
        const current = await store.find(tx.sql, tenant, kind, name, true)
        if (!current) throw missing('attribute', `${kind}.${name}`)
        await store.remove(tx.sql, current)
        await appendEvents(tx, doorbells, [event('attribute.removed', current)])
        return { holders: await store.holders(tx.sql, current) }
      }),

    misfits: (definition: AttributeDefinition): Promise<number> => store.misfits(database.sql, definition),

    /** What an entity has after the change. @throws CallerError `attributes-invalid` */
    async applied(sql: Sql, tenant: string, kind: EntityKind, current: Labels, change: LabelsChange): Promise<Labels> {
      const tags = change.tags === undefined ? current.tags : [...new Set(change.tags)].toSorted()
      if (change.attributes === undefined) return { tags, attributes: current.attributes }
      const definitions = new Map((await store.all(sql, tenant, kind)).map((each) => [each.name, each]))
      const values = new Map(Object.entries(current.attributes))
      for (const [name, value] of Object.entries(change.attributes)) {
        if (value === null) values.delete(name)
        else values.set(name, value)
      }
      const places = [...faults(change.attributes, definitions), ...lacking(values, definitions)]
      if (places.length > 0)
        throw new CallerError(attributesInvalid, `${places[0]!.pointer}: ${places[0]!.detail}`, { places })
      return { tags, attributes: Object.fromEntries(values) }
    },
  }
}

type Definitions = ReadonlyMap<string, AttributeDefinition>

/** Only what is set anew is judged: what a definition has left behind does not keep the rest from being changed. */
function faults(values: NonNullable<LabelsChange['attributes']>, definitions: Definitions): ErrorPlace[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (value === null) return []
    const definition = definitions.get(name)
    const detail = definition ? valueFault(definition, value) : `No attribute ${name} is defined.`
    return detail === null ? [] : [{ pointer: `/attributes/${name}`, detail }]
  })
}

function lacking(values: ReadonlyMap<string, unknown>, definitions: Definitions): ErrorPlace[] {
  return [...definitions.values()].flatMap(({ name, required }) =>
    required && !values.has(name) ? [{ pointer: `/attributes/${name}`, detail: 'This is required.' }] : [],
  )
}
