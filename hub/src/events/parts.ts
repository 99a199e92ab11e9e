import { z } from 'zod'

/** Fields that many events have. */

export const text = z.string()
export const maybe = z.string().nullable()
export const count = z.number().int().min(0)
export const instant = z.iso.datetime()

/** The data of an event; what the hub may add later, readers pass over. */
export type Data = z.ZodObject
export type Schemas = Readonly<Record<string, Data>>

/** The same data for several types. */
export function each(types: readonly string[], data: Data): Schemas {
  return Object.fromEntries(types.map((type) => [type, data]))
}
