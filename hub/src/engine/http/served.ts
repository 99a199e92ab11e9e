import { parseUrl } from '@sutler/engine'
import { notFound, type Principal } from '../../platform/access.ts'
import { CallerError } from '../../platform/errors.ts'
import { invalidCursor } from '../../platform/http/codes.ts'
import { readCursor } from '../../platform/http/page.ts'
import type { Address } from '../address.ts'
import type { Engine, EngineDependencies } from '../face.ts'
import type { EngineParts } from '../parts.ts'
import { readInstance, type StoredInstance } from '../store/views.ts'
import { viewOf, type InstanceView } from '../view.ts'

/** What the endpoints are served from. */
export interface Served extends EngineParts, Pick<EngineDependencies, 'access' | 'log'> {
  readonly engine: Engine
}

export const tag = 'Engine'

export function urlOf({ model, id }: Address): string {
  return `model:${model}/${encodeURIComponent(id)}`
}

/** @throws CallerError `not-found` */
export async function stored(
  { database }: Pick<Served, 'database'>,
  address: Address,
  { tenant }: Pick<Principal, 'tenant'>,
): Promise<StoredInstance> {
  const row = await readInstance(database.sql, address)
  if (row?.tenant === tenant) return row
  throw noInstance(address)
}

export function noInstance({ model, id }: Address): CallerError {
  return new CallerError(notFound, `There is no instance ${id} of model ${model}.`)
}

/** An instance as it is answered. @throws CallerError `not-found` */
export async function shown(
  served: Pick<Served, 'database'>,
  address: Address,
  principal: Pick<Principal, 'tenant'>,
): Promise<WrittenInstance> {
  return written(viewOf(await stored(served, address, principal)))
}

export type WrittenInstance = ReturnType<typeof written>

export function written(view: InstanceView) {
  return {
    ...view,
    timers: view.timers.map(({ id, signal, due }) => ({ id, signal: signal.type, due: new Date(due).toISOString() })),
    tasks: view.tasks.map(({ key, task }) => ({ key, task })),
    children: view.children.map(({ as, url, wait }) => ({ as, url, wait })),
  }
}

/** A position of two words; the second may hold anything. @throws CallerError `invalid-cursor` */
export function pairIn(cursor: string | undefined): [string?, string?] {
  const position = readCursor(cursor)
  if (position === undefined) return []
  const space = position.indexOf(' ')
  if (space < 0) throw new CallerError(invalidCursor, 'The cursor is of another list.')
  return [position.slice(0, space), position.slice(space + 1)]
}

/** A position of whole numbers. @throws CallerError `invalid-cursor` */
export function numbersIn(cursor: string | undefined, count: number): number[] | null {
  const position = readCursor(cursor)
  if (position === undefined) return null
  const numbers = position.split(' ').map(Number)
  if (numbers.length === count && numbers.every(Number.isSafeInteger)) return numbers
  throw new CallerError(invalidCursor, 'The cursor is of another list.')
}

/** `<model>/<id>`, or the URL of an instance. */
export function addressIn(text: string): Address | null {
  const url = parseUrl(text.startsWith('model:') ? text : `model:${text}`)
  return url && { model: url.model, id: url.id }
}
