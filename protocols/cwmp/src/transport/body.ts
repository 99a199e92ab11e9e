import type { IncomingMessage } from 'node:http'

/** Why a body was not read, as the HTTP status to answer with. */
export class BodyRefused extends Error {
  readonly status: 408 | 413 | 415

  constructor(status: BodyRefused['status'], detail: string) {
    super(detail)
    this.name = 'BodyRefused'
    this.status = status
  }
}

/** The whole body, at most `limit` bytes, within `deadline` milliseconds. @throws BodyRefused */
export function readBody(request: IncomingMessage, limit: number, deadline: number): Promise<Buffer> {
  const coding = request.headers['content-encoding'] ?? 'identity'
  if (coding !== 'identity') return Promise.reject(new BodyRefused(415, `content coding ${coding}`))
  const declared = Number(request.headers['content-length'] ?? 0)
  if (declared > limit) return Promise.reject(new BodyRefused(413, `${declared} bytes, limit ${limit}`))
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const done = (): void => {
      clearTimeout(timer)
      request.off('close', closed)
    }
    const fail = (error: Error): void => {
      done()
      request.removeAllListeners('data')
      request.resume()
      reject(error)
    }
    const closed = (): void => fail(new BodyRefused(408, 'the connection ended'))
    const timer = setTimeout(() => fail(new BodyRefused(408, `no whole body within ${deadline} ms`)), deadline)
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > limit) fail(new BodyRefused(413, `more than ${limit} bytes`))
      else chunks.push(chunk)
    })
    request.on('end', () => {
      done()
      resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks))
    })
    request.on('error', fail).on('close', closed)
  })
}
