import type { Readable, Writable } from 'node:stream'

/** Values, one to a line, over any pair of streams: how the hub talks with programs of its own on the same machine. */

/**
 * Calls `take` for each line in turn.
 * @param most bytes of one line: a longer one, or one that is not JSON, ends the stream
 */
export function readLines(input: Readable, most: number, take: (value: unknown) => void): void {
  let rest: Buffer = Buffer.alloc(0)
  input.on('data', (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      const line = rest.subarray(0, end)
      rest = rest.subarray(end + 1)
      try {
        take(JSON.parse(line.toString('utf8')))
      } catch {
        // Nothing after a line that is no JSON can be believed.
        input.destroy()
        return
      }
    }
    if (rest.length > most) input.destroy()
  })
}

export function writeLine(output: Writable, value: unknown): void {
  output.write(`${JSON.stringify(value)}\n`)
}
