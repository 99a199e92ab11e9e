import type { IncomingMessage } from 'node:http'
import { DdiError } from '../errors.ts'
import { bodyLimit } from '../wire/json.ts'

/** How long a body may take to arrive, milliseconds. */
const deadline = 15_000

/** A JSON body, bounded in size and time. @throws DdiError `too-large`, `not-json`, `busy` */
export function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const type = request.headers['content-type'] ?? 'application/json'
  if (!/^application\/(?:[\w.-]+\+)?json *(?:;|$)/i.test(type))
    return Promise.reject(new DdiError('not-json', 'body', `${type.slice(0, 60)} is not taken`))
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const timer = setTimeout(() => end(new DdiError('busy', 'body', 'it did not arrive in time')), deadline)
    const end = (error: Error | null): void => {
      clearTimeout(timer)
      request.off('data', take).off('end', done).off('close', gone)
      if (error) reject(error)
      else resolve(Buffer.concat(chunks))
    }
    const take = (chunk: Buffer): void => {
      size += chunk.length
      if (size > bodyLimit) end(new DdiError('too-large', 'body', `it has more than ${bodyLimit} bytes`))
      else chunks.push(chunk)
    }
    const done = (): void => end(null)
    const gone = (): void => end(new DdiError('busy', 'body', 'the connection ended before it was whole'))
    request.on('data', take).on('end', done).on('close', gone)
  })
}
