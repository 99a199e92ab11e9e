import { connect } from 'node:net'
import { serveParent } from './bench-process.ts'
import { answerLength } from './raw-http.ts'

/** Sends the same requests again and again, on connections that are kept alive. */

export interface LoadQuestion {
  readonly port: number
  /** One for all, or several that the connections share out among them. */
  readonly request: string | readonly string[]
  readonly connections: number
  readonly milliseconds: number
  /** Any other is a failure, where there are several in turn for the requests of a connection; 200 by default. */
  readonly status?: number | readonly number[]
}

export interface LoadAnswer {
  /** With the status that was expected. */
  readonly answered: number
  readonly seconds: number
}

serveParent(async ({ port, request, connections, milliseconds, status = 200 }: LoadQuestion): Promise<LoadAnswer> => {
  const all = (typeof request === 'string' ? [request] : request).map((each) => Buffer.from(each))
  const shareOf = (connection: number): Buffer[] => {
    const share = all.filter((_, index) => index % connections === connection)
    return share.length === 0 ? [all[connection % all.length]!] : share
  }
  const began = performance.now()
  const end = began + milliseconds
  const counts = await Promise.all(
    Array.from({ length: connections }, (_, index) => repeat(port, shareOf(index), end, [status].flat().map(String))),
  )
  const seconds = (performance.now() - began) / 1000
  return { answered: counts.reduce((sum, count) => sum + count, 0), seconds }
})

/** @returns how many answers one connection got until `end` @throws Error on another status or a lost connection */
function repeat(port: number, requests: readonly Buffer[], end: number, statuses: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    let answered = 0
    let rest: Buffer | null = null
    const socket = connect({ host: '127.0.0.1', port, noDelay: true })
    const fail = (why: string): void => void socket.destroy(new Error(why))
    socket.on('connect', () => socket.write(requests[0]!))
    socket.on('error', reject).on('close', () => reject(new Error('the server closed a connection')))
    socket.on('data', (piece) => {
      rest = rest === null ? piece : Buffer.concat([rest, piece])
      if (answerLength(rest) === 0) return
      const expected = statuses[answered % statuses.length]
      if (rest.toString('latin1', 9, 12) !== expected) return fail(rest.toString('latin1', 0, 1000))
      rest = null
      answered++
      if (performance.now() < end) return socket.write(requests[answered % requests.length]!)
      socket.removeAllListeners('close').destroy()
      resolve(answered)
    })
  })
}
