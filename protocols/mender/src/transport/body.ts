import type { IncomingMessage } from 'node:http'
import { MenderError } from '../errors.ts'

/** The whole body, never more than `most` bytes of it. @throws MenderError `too-large`, `malformed` when it is cut off */
export async function readBody(request: IncomingMessage, most: number, clause: string): Promise<Buffer> {
  const tooLarge = () => new MenderError('too-large', clause, `the body has more than ${most} bytes`)
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge()
  const parts: Buffer[] = []
  let size = 0
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      size += part.length
      if (size > most) throw tooLarge()
      parts.push(part)
    }
  } catch (cause) {
    if (cause instanceof MenderError) throw cause
    throw new MenderError('malformed', clause, 'the body is cut off', size, cause)
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts, size)
}
