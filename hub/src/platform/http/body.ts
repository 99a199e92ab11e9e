import type { ServerResponse } from 'node:http'
import { CallerError } from '../errors.ts'
import type { Incoming } from './bindings.ts'
import { bodyTooLarge } from './codes.ts'
import { problemOf, writtenProblem } from './problem.ts'

/** After a refusal the rest of a body is thrown away for so long, so that the sender gets to read the answer. */
const lingering = 2000

const isJson = /^application\/(?:[\w.+-]+\+)?json\b/i

/**
 * Reads a JSON body of at most `limit` bytes into `incoming.rawBody`, then calls `then`. Bodies of another type are left
 * unread for the endpoint that takes them. A body that is too large, or not whole within `deadline` milliseconds, is
 * answered here.
 */
export function readJsonBody(
  incoming: Incoming,
  outgoing: ServerResponse,
  limit: number,
  deadline: number,
  then: () => void,
): void {
  const type = incoming.headers['content-type']
  if (type === undefined || !isJson.test(type)) return then()
  const declared = Number(incoming.headers['content-length'] ?? 0)
  if (declared > limit) return refuse(incoming, outgoing, limit, `It declares ${declared} bytes`)
  const chunks: Buffer[] = []
  let length = 0
  const timer = setTimeout(() => incoming.destroy(), deadline)
  incoming.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length <= limit) chunks.push(chunk)
    else if (length - chunk.length <= limit) {
      clearTimeout(timer)
      refuse(incoming, outgoing, limit, 'It goes on')
    }
  })
  incoming.once('end', () => {
    clearTimeout(timer)
    if (length > limit) return
    incoming.rawBody = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
    then()
  })
  incoming.once('close', () => clearTimeout(timer))
  // A sender that goes away in the middle is no error of the hub's; 'close' follows.
  incoming.once('error', () => clearTimeout(timer))
}

function refuse(incoming: Incoming, outgoing: ServerResponse, limit: number, what: string): void {
  const error = new CallerError(bodyTooLarge, `${what}; ${incoming.url} takes at most ${limit} bytes of JSON.`)
  sendProblem(incoming, outgoing, error, { connection: 'close' })
  incoming.resume()
  const timer = setTimeout(() => incoming.socket.destroy(), lingering)
  incoming.socket.once('close', () => clearTimeout(timer))
}

/** Answers with a problem document from outside of any router. */
export function sendProblem(
  incoming: Incoming,
  outgoing: ServerResponse,
  error: unknown,
  headers: Record<string, string> = {},
): void {
  const problem = problemOf(error, (incoming.url ?? '').split('?')[0]!, incoming.requestId)
  const { body, mediaType } = writtenProblem(problem)
  outgoing.writeHead(problem.status, { 'content-type': mediaType, 'cache-control': 'no-store', ...headers })
  outgoing.end(incoming.method === 'HEAD' ? '' : body)
}
