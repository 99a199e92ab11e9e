import { assert, asyncProperty, constantFrom, nat } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AgentError } from '../../core/errors.ts'
import { AnswerReader } from './http-answer.ts'

/** Reads one answer that arrives in pieces. */
async function read(
  pieces: readonly (string | Uint8Array)[],
): Promise<{ status: number; body: string; reusable: boolean; headers: object }> {
  const queue = pieces.map((piece) => Buffer.from(piece)).filter(({ length }) => length > 0)
  const reader = new AnswerReader({ next: async () => queue.shift() ?? null })
  const head = await reader.head()
  const body: Buffer[] = []
  for await (const chunk of reader.body(head)) body.push(Buffer.from(chunk))
  return { ...head, body: Buffer.concat(body).toString('latin1'), reusable: reader.reusable }
}

const counted = 'HTTP/1.1 206 Partial Content\r\nContent-Length: 5\r\nETag: "x"\r\n\r\nhello'
const chunked =
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;ext=1\r\nhel\r\n2\r\nlo\r\n0\r\nTrailer: 1\r\n\r\n'

describe('an HTTP answer', () => {
  it.each([
    ['counted', counted, 206, true],
    ['chunked', chunked, 200, true],
    ['ended by the close of the connection', 'HTTP/1.1 200 OK\r\n\r\nhello', 200, false],
    ['after interim answers', `HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${counted}`, 206, true],
    ['with the wish to close', counted.replace('ETag', 'Connection: close\r\nETag'), 206, false],
    ['followed by bytes nobody asked for', `${counted}x`, 206, false],
  ])('%s is read the same however it is cut', async (_name, text, status, reusable) => {
    for (let cut = 1; cut < text.length; cut++) {
      const answer = await read([text.slice(0, cut), text.slice(cut)])
      expect(answer.body).toBe('hello')
      expect(answer.status).toBe(status)
    }
    expect((await read([text])).reusable).toBe(reusable)
    expect((await read([...text])).body).toBe('hello')
  })

  it.each([
    ['not HTTP', 'SSH-2.0-x\r\n\r\n'],
    ['cut in its head', 'HTTP/1.1 200 OK\r\nContent-Le'],
    ['cut in its body', counted.slice(0, -1)],
    ['with a length that is no number', counted.replace('5', '5, 6')],
    ['with an unknown coding', chunked.replace('chunked', 'gzip, chunked')],
    ['with a chunk larger than said', chunked.replace('3;ext', '2;ext')],
    ['with a chunk of no size', chunked.replace('3;ext', 'x;ext')],
    ['with an endless head', `HTTP/1.1 200 OK\r\n${'A: b\r\n'.repeat(20_000)}\r\n`],
    ['with an endless line', `HTTP/1.1 200 OK\r\nA: ${'b'.repeat(40_000)}\r\n\r\n`],
    ['with a folded field', 'HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n'],
  ])('%s is refused', async (_name, text) => {
    await expect(read([text])).rejects.toMatchObject({ code: 'network' })
  })

  it('of any bytes is read or refused, never worse', async () => {
    await assert(
      asyncProperty(nat(chunked.length - 1), nat(255), constantFrom(counted, chunked), async (at, byte, text) => {
        const bytes = Buffer.from(text)
        bytes[at % bytes.length] = byte
        const failure = await read([bytes]).then(
          () => 'network',
          (error: unknown) => (error instanceof AgentError ? error.code : error),
        )
        expect(failure).toBe('network')
      }),
      { numRuns: 2000 },
    )
  })
})
