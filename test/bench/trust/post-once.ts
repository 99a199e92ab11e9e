import { connect, createSecureContext, type SecureContext } from 'node:tls'
import { answerLength } from '../raw-http.ts'

/** Where devices are enrolled. */
export interface Place {
  readonly port: number
  /** PEM of who signs the server's certificate. */
  readonly authority: string
}

export interface PostAnswer {
  readonly status: number
  readonly body: string
}

/** A post that takes longer fails, milliseconds. */
const deadline = 60_000

/** Sends one enrolment over a TLS connection of its own, as devices do that have never been there. */
export function posting({ port, authority }: Place): (body: object) => Promise<PostAnswer> {
  const secureContext = createSecureContext({ ca: authority })
  return (body) => post(port, secureContext, JSON.stringify(body))
}

function post(port: number, secureContext: SecureContext, text: string): Promise<PostAnswer> {
  const head = [
    'POST /api/v1/enrolments HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(text)}`,
    '\r\n',
  ].join('\r\n')
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0)
    const socket = connect({ host: '127.0.0.1', port, secureContext }, () => socket.write(head + text))
    socket.setTimeout(deadline, () => socket.destroy(new Error(`no answer for ${deadline} ms`)))
    socket.setNoDelay(true).on('error', reject)
    socket.on('close', () => reject(new Error('the server closed a connection')))
    socket.on('data', (piece: Buffer) => {
      bytes = Buffer.concat([bytes, piece])
      const length = answerLength(bytes)
      if (length === 0) return
      const answer = bytes.toString('utf8', 0, length)
      resolve({ status: Number(answer.slice(9, 12)), body: answer.slice(answer.indexOf('\r\n\r\n') + 4) })
      socket.destroy()
    })
  })
}

/** Does `work` for each, so many at a time; in their order. */
export async function together<T, R>(most: number, all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = Array.from({ length: all.length })
  const waiting = all.entries()
  await Promise.all(
    Array.from({ length: Math.min(most, all.length) }, async () => {
      for (const [index, one] of waiting) results[index] = await work(one)
    }),
  )
  return results
}
