import type { z } from 'zod'
import { described } from './described.gen.ts'
import { homes } from './schemas/homes.ts'
import { orders } from './schemas/orders.ts'
import { people } from './schemas/people.ts'
import { rules } from './schemas/rules.ts'
import { services } from './schemas/services.ts'

/**
 * The types of events that there are, with the schemas of their data. What each tells is in docs/reference/events.md, from which
 * `described.gen.ts` is made; both lists name the same types.
 */

export interface EventType {
  readonly type: string
  /** When it happens, for people. */
  readonly when: string
  readonly data: z.ZodObject
}

export const eventSchemas: ReadonlyMap<string, z.ZodObject> = new Map(
  [orders, homes, services, rules, people].flatMap((each) => Object.entries(each)),
)

/** By name. */
export const eventTypes: readonly EventType[] = described.flatMap(([type, when]) => {
  const data = eventSchemas.get(type)
  return data === undefined ? [] : [{ type, when, data }]
})
