import { registerHooks } from 'node:module'
import type postgresType from 'postgres'
import { InvariantError } from './errors.ts'

/**
 * The driver, postgres.js 3.4.9, with its known faults around lost connections mended while it is loaded; a hub must live
 * through a database that is killed. Upstream: porsager/postgres issues 1154, 1208, pull requests 1168, 1209. The version
 * is pinned, and a text that is no longer found stops the hub at its start. To be removed once upstream has them.
 */

/** File of the driver → what is replaced by what. */
const repairs: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'connection.js': [
    // A write that was put off until after the connection closed dereferenced null, outside of every query: process over.
    [
      `    const x = socket.write(chunk, fn)
    nextWriteTimer !== null && clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = null
    return x`,
      `    nextWriteTimer !== null && clearImmediate(nextWriteTimer)
    const bytes = chunk
    chunk = nextWriteTimer = null
    if (socket === null) {
      error(Errors.connection('CONNECTION_CLOSED', options, socket))
      return false
    }
    return socket.write(bytes, fn)`,
    ],
    // A timer that was cleared but not forgotten kept the next session on this connection from ever writing, and the rows
    // counted of a statement that was cut off became holes in the result of the next one.
    [
      `    incomings = null
    clearImmediate(nextWriteTimer)`,
      `    incomings = null
    clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = results = null
    result = new Result()
    rows = 0`,
    ],
    // A statement begun between the socket's error and its close was neither sent nor failed: pending for ever.
    [`    !hadError && (query || sent.length) && error(`, `    ;(query || sent.length) && error(`],
    // An error within COPY was told to nobody: the stream went on, and its end was waited for without end.
    [
      `  function ErrorResponse(x) {
    if (query) {`,
      `  function ErrorResponse(x) {
    const failed = (stream || final) && Errors.postgres(parseError(x))
    const [streaming, ending] = [stream, final]
    stream = final = null
    streaming && streaming.destroy(failed)
    ending && ending(failed)
    if (query) {`,
    ],
    // COPY … TO STDOUT whose last rows had its reader's buffer full left the connection paused: its next statement was never answered.
    [
      `    stream && stream.push(null)\n    stream = null`,
      `    stream && stream.push(null)\n    stream = null\n    socket.resume()`,
    ],
  ],
  'index.js': [
    // What a transaction still says after its connection was lost went into the next session on that connection: a late
    // COMMIT could have committed half of somebody else's transaction.
    [
      `        new Promise((_, reject) => connection.onclose = reject)`,
      `        new Promise((_, reject) => connection.onclose = (lost) => {
          gone = lost
          reject(lost)
        })`,
    ],
    [
      `        q.catch(e => uncaughtError || (uncaughtError = e))
        c.queue === full`,
      `        q.catch(e => uncaughtError || (uncaughtError = e))
        if (gone)
          return q.reject(gone)
        c.queue === full`,
    ],
    [
      `    let savepoints = 0
      , connection`,
      `    let savepoints = 0
      , gone = null
      , connection`,
    ],
  ],
}

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context)
    const file = /\/node_modules\/postgres\/src\/([a-z]+\.js)$/.exec(url)?.[1]
    if (file === undefined || repairs[file] === undefined) return loaded
    return { ...loaded, source: mend(file, String(loaded.source)) }
  },
})

function mend(file: string, source: string): string {
  let mended = source.replaceAll('\r\n', '\n')
  for (const [broken, whole] of repairs[file]!) {
    if (mended.split(broken).length !== 2)
      throw new InvariantError(`postgres/src/${file} is not version 3.4.9: ${broken}`)
    mended = mended.replace(broken, () => whole)
  }
  return mended
}

const { default: postgres } = await import('postgres')

export default postgres as typeof postgresType
