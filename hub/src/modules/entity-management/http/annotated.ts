import type { Hono } from 'hono'
import type { z } from 'zod'
import { notFound, type Access, type AccessObject, type Action } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { gone, missing, requireHere } from '../app/codes.ts'
import type { EntityManagementApp } from '../app/index.ts'
import { idParams } from '../contract.ts'
import type { EntityKind } from '../domain/attributes.ts'
import { deviceObject, householdObject } from './objects.ts'

type Authorise = (object: AccessObject) => void

/** A kind of entity that has notes and a history, as the API names it. */
export interface Annotated {
  readonly kind: EntityKind
  readonly path: string
  /** Within ids of operations. */
  readonly name: string
  readonly noun: string
  readonly tag: string
  /**
   * Has `authorise` judge the entity, also one that is not there.
   * @throws what that throws; CallerError `not-found` (404), `gone` (410)
   */
  admit(entities: EntityManagementApp, id: string, authorise: Authorise): Promise<void>
}

export const annotated: readonly Annotated[] = [
  {
    kind: 'device',
    path: 'devices',
    name: 'Device',
    noun: 'device',
    tag: 'Devices',
    async admit({ devices }, id, authorise) {
      const [found] = await devices.find([id])
      authorise(deviceObject(found))
      if (!found) throw missing('device', id)
    },
  },
  {
    kind: 'user',
    path: 'users',
    name: 'User',
    noun: 'person',
    tag: 'Users',
    async admit({ users }, id, authorise) {
      const [found] = await users.find([id])
      authorise({ ...(found && { tenant: found.tenant }), owner: found?.id ?? '-' })
      if (!found) throw missing('user', id)
      requireHere('user', found)
    },
  },
  {
    kind: 'household',
    path: 'households',
    name: 'Household',
    noun: 'household',
    tag: 'Households',
    async admit({ households }, id, authorise) {
      const [found] = await households.find([id])
      authorise(householdObject(found))
      if (!found) throw missing('household', id)
      requireHere('household', found)
    },
  },
]

/** Something that entities of every kind have a list of, newest first. */
export interface AnnotationList<Row> {
  /** The last part of its address. */
  readonly path: string
  /** At the end of its operations’ ids. */
  readonly name: string
  summary(noun: string): string
  readonly action: Action
  readonly view: z.ZodType
  rows(kind: EntityKind, id: string, limit: number, after: string | undefined): Promise<readonly Row[]>
  placeOf(row: Row): string
  /** Whom the view names, by id. */
  people(row: Row): readonly string[]
  shown(row: Row, names: ReadonlyMap<string, string>): object
}

/** Its endpoint for each kind. */
export function annotationLists<Row>(
  app: Hono<ApiEnv>,
  access: Access,
  entities: EntityManagementApp,
  list: AnnotationList<Row>,
): void {
  for (const { kind, path, name, noun, tag, admit } of annotated)
    app.get(
      `/${path}/:id/${list.path}`,
      ...endpoint({
        id: `list${name}${list.name}`,
        summary: list.summary(noun),
        tag,
        action: list.action,
        params: idParams,
        query: pageQuery,
        answer: { status: 200, schema: pageSchema(list.view) },
        problems: [notFound, gone],
      }),
      async (c) => {
        const { id } = valid(c, 'param')
        const { limit, cursor } = valid(c, 'query')
        await admit(entities, id, (object) => access.authorise(c.get('principal'), list.action, object))
        const rows = await list.rows(kind, id, limit + 1, readCursor(cursor))
        const { items, next } = pageOf(rows, limit, (row) => list.placeOf(row))
        const names = await entities.users.names(items.flatMap((row) => list.people(row)))
        return c.json({ items: items.map((row) => list.shown(row, names)), next })
      },
    )
}
