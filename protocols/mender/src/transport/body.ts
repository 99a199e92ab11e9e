import { BodyRefused, readBody as readBounded } from '@sutler/http'
import type { IncomingMessage } from 'node:http'
import { MenderError } from '../errors.ts'

/**
 * The whole body, never more than `most` bytes of it, and for no longer than `patience` milliseconds: the connection of one that dribbles
 * is ended. @throws MenderError `too-large`, `malformed` when it is cut off
 */
export async function readBody(
  request: IncomingMessage,
  most: number,
  clause: string,
  patience: number,
): Promise<Buffer> {
  try {
    return await readBounded(request, most, patience)
  } catch (cause) {
    if (!(cause instanceof BodyRefused)) throw cause
    if (cause.fault === 'late') request.destroy(cause)
    throw new MenderError(cause.fault === 'too-large' ? 'too-large' : 'malformed', clause, cause.message, null, cause)
  }
}
