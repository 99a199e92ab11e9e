import { connect } from 'node:net'
import { serveParent } from '../bench-process.ts'

/** Many readers of the event stream in a process of its own, which look at each event's time and forget it. */

export interface ListenersQuestion {
  readonly open?: { readonly port: number; readonly requests: readonly string[] }
  /** Milliseconds between event and reader, of all that came since the last time it was asked. */
  readonly report?: true
}

export interface ListenersReport {
  readonly heard: number
  readonly bytes: number
  /** Of all, in order of size. */
  readonly median: number
  readonly p99: number
  readonly most: number
  readonly closed: number
}

let heard = 0
let bytes = 0
let closed = 0
/** How many were so many milliseconds late. */
const lags = new Uint32Array(60_001)

serveParent(async ({ open, report }: ListenersQuestion) => {
  if (open) await Promise.all(open.requests.map((request) => listen(open.port, request)))
  return report ? told() : null
})

/** Resolves when the stream has begun. */
function listen(port: number, request: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true })
    let begun = false
    socket.on('connect', () => socket.write(request))
    socket.on('error', reject).on('close', () => closed++)
    socket.on('data', (piece: Buffer) => {
      bytes += piece.length
      if (!begun) {
        begun = true
        if (piece.toString('latin1', 9, 12) !== '200') reject(new Error(piece.toString().slice(0, 300)))
        return resolve()
      }
      count(piece)
    })
  })
}

const mark = Buffer.from('"sent":')
/** Bytes of one event, as measured on the way. */
let size = 0

/** Looks at the oldest event of what came together, which is the latest of them; looking at each would be all that this process does. */
function count(piece: Buffer): void {
  const at = piece.indexOf(mark)
  if (at === -1) return
  const sent = Number(piece.toString('latin1', at + mark.length, at + mark.length + 13))
  if (!Number.isFinite(sent) || sent === 0) return
  const next = piece.indexOf(mark, at + mark.length)
  if (next !== -1) size = next - at
  const events = size === 0 ? 1 : Math.max(1, Math.round(piece.length / size))
  heard += events
  lags[Math.min(60_000, Math.max(0, Date.now() - sent))]! += events
}

function told(): ListenersReport {
  const at = (share: number): number => {
    let left = Math.ceil(heard * share)
    for (let lag = 0; lag < lags.length; lag++) if ((left -= lags[lag]!) <= 0) return lag
    return 0
  }
  const report = { heard, bytes, median: at(0.5), p99: at(0.99), most: at(1), closed }
  heard = bytes = 0
  lags.fill(0)
  return report
}
