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
  const tooLarge = () => new MenderError('too-large', clause, `the body has more than ${most} bytes`)
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge()
  const parts: Buffer[] = []
  let size = 0
  const timer = setTimeout(() => request.destroy(new Error('it did not arrive in time')), patience)
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      size += part.length
      if (size > most) throw tooLarge()
      parts.push(part)
    }
  } catch (cause) {
    if (cause instanceof MenderError) throw cause
    throw new MenderError('malformed', clause, 'the body is cut off', size, cause)
  } finally {
    clearTimeout(timer)
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts, size)
}
