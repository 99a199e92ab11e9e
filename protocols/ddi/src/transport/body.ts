import { BodyRefused, readBody as readBounded } from '@sutler/http'
import type { IncomingMessage } from 'node:http'
import { DdiError } from '../errors.ts'
import { bodyLimit } from '../wire/json.ts'

/** How long a body may take to arrive, milliseconds. */
const patience = 15_000

/** A JSON body, bounded in size and time. @throws DdiError `too-large`, `not-json`, `busy` */
export async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const type = request.headers['content-type'] ?? 'application/json'
  if (!/^application\/(?:[\w.-]+\+)?json *(?:;|$)/i.test(type))
    throw new DdiError('not-json', 'body', `${type.slice(0, 60)} is not taken`)
  try {
    return await readBounded(request, bodyLimit, patience)
  } catch (cause) {
    if (!(cause instanceof BodyRefused)) throw cause
    throw new DdiError(cause.fault === 'too-large' ? 'too-large' : 'busy', 'body', cause.message, { cause })
  }
}
