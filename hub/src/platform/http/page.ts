import { z } from 'zod'
import { CallerError } from '../errors.ts'
import { invalidCursor } from './codes.ts'

/** Query of every list. Pages hold 1 to 200 items, 50 unless asked otherwise. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('How many items a page has at most.'),
  cursor: z.string().min(1).max(512).optional().describe('`next` of the page before; absent for the first page.'),
})

export interface Page<T> {
  readonly items: T[]
  /** Cursor of the next page; null on the last one. */
  readonly next: string | null
}

/**
 * Makes a page of at most `limit` items. Pass `limit + 1` rows: the extra one only tells that there is a next page.
 * `cursorOf` gives the position of an item, any short text; it is made opaque here and given back by `readCursor`.
 */
export function pageOf<T>(items: readonly T[], limit: number, cursorOf: (item: T) => string): Page<T> {
  const last = items.length > limit ? items[limit - 1] : undefined
  return {
    items: items.slice(0, limit),
    next: last === undefined ? null : writeCursor(cursorOf(last)),
  }
}

/** An opaque cursor for a position, any short text. */
export function writeCursor(position: string): string {
  return Buffer.from(position, 'utf8').toString('base64url')
}

/** Schema of a page of `item`s. */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable().describe('Pass as `cursor` to get the next page; null on the last page.'),
  })
}

/**
 * The position inside an opaque cursor, or undefined without one.
 * @throws CallerError `invalid-cursor` (400) when it is not base64url of well-formed text
 */
export function readCursor(cursor?: string): string | undefined {
  if (cursor === undefined) return undefined
  const bytes = Buffer.from(cursor, 'base64url')
  const text = bytes.toString('utf8')
  if (text === '' || text.includes('\0') || Buffer.from(text, 'utf8').toString('base64url') !== cursor) {
    throw new CallerError(invalidCursor, `“${cursor.slice(0, 80)}” is not a cursor.`)
  }
  return text
}
