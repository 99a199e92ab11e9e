import type { Context } from 'hono'
import { CallerError } from '../errors.ts'
import { changedMeanwhile, ifMatchRequired } from './codes.ts'

/** The strong entity tag of one version of a thing (RFC 9110, 8.8.3). */
export function etagOf(version: number | string): string {
  return `"${version}"`
}

/**
 * Lets a change through only if it is based on the version that is there (`etag`): If-Match must list it, or be `*`.
 * With `optional`, a request without If-Match passes.
 * @throws CallerError `if-match-required` (428) or `changed-meanwhile` (412)
 */
export function requireMatch(c: Pick<Context, 'req'>, etag: string, options: { optional?: boolean } = {}): void {
  const header = c.req.header('if-match')
  if (header === undefined) {
    if (options.optional) return
    throw new CallerError(ifMatchRequired, `${c.req.method} ${c.req.path} came without If-Match.`)
  }
  // RFC 9110, 13.1.1: strong comparison, so a weak tag (W/"…") never matches.
  const matches = header.trim() === '*' || header.split(',').some((tag) => tag.trim() === etag)
  if (!matches) {
    throw new CallerError(changedMeanwhile, `${c.req.path} is now ${etag}; the change is based on ${header}.`)
  }
}
