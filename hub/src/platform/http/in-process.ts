import { Agent, createServer, request, type IncomingMessage, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { duplexPair, type Duplex } from 'node:stream'
import { CallerError } from '../errors.ts'
import { sendProblem } from './body.ts'
import type { Incoming } from './bindings.ts'
import { noSuchRoute } from './codes.ts'
import type { RawHandler } from './server.ts'

/** What is asked for over HTTP, without a socket: the same handlers, with all that they check. */
export interface InProcess {
  /**
   * The bytes from `from` on, at most `most`.
   * @param path with its query
   * @returns `total` and `bytes` are those of the content with status 200, else those of the problem document
   */
  get(path: string, from: number, most: number): Promise<{ status: number; total: number; bytes: Buffer }>
  close(): void
}

/** Requests at once; others wait. */
const connections = 8

export function createInProcess(raw: readonly RawHandler[]): InProcess {
  const server: Server = createServer((incoming: Incoming, outgoing) => {
    for (const handle of raw) if (handle(incoming, outgoing)) return
    sendProblem(incoming, outgoing, new CallerError(noSuchRoute, `${incoming.url ?? ''} is no address for devices.`))
  })
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  agent.createConnection = () => {
    const [near, far] = duplexPair()
    server.emit('connection', asSocket(far))
    return asSocket(near)
  }
  return {
    async get(path, from, most) {
      const range = `bytes=${from}-${from + most - 1}`
      const answer = await new Promise<IncomingMessage>((resolve, reject) =>
        request({ agent, host: 'hub', path, headers: { range, connection: 'keep-alive' } }, resolve)
          .on('error', reject)
          .end(),
      )
      // What knows no ranges sends all of it.
      const whole = answer.statusCode === 200
      const bytes = await read(answer, whole ? from : 0, most)
      const placed = /\/(\d+)$/.exec(answer.headers['content-range'] ?? '')
      if (answer.statusCode === 206) return { status: 200, total: Number(placed?.[1]), bytes: bytes.taken }
      return { status: answer.statusCode!, total: bytes.total, bytes: bytes.taken }
    },
    close() {
      agent.destroy()
      server.closeAllConnections()
    },
  }
}

/** What node:http asks of a socket beyond a stream; there is no network to be told about. */
function asSocket(stream: Duplex): Socket {
  const same = (): Duplex => stream
  return Object.assign(stream, {
    setKeepAlive: same,
    setNoDelay: same,
    setTimeout: same,
    ref: same,
    unref: same,
  }) as unknown as Socket
}

/** Reads to the end, and keeps `most` bytes from `from` on. */
async function read(answer: IncomingMessage, from: number, most: number): Promise<{ total: number; taken: Buffer }> {
  const pieces: Buffer[] = []
  let total = 0
  for await (const piece of answer as AsyncIterable<Buffer>) {
    const part = piece.subarray(Math.max(0, from - total), Math.max(0, from + most - total))
    if (part.length > 0) pieces.push(part)
    total += piece.length
  }
  return { total, taken: Buffer.concat(pieces) }
}
