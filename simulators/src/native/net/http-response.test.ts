import { describe, expect, test } from 'vitest'
import { ResponseReader } from './http-response.ts'

/** Feeds a text in pieces of that many bytes. */
function read(text: string, piece: number, method = 'GET'): { whole: boolean; body: string; reader: ResponseReader } {
  const reader = new ResponseReader()
  let body = ''
  reader.begin(method, (chunk) => (body += chunk.toString()))
  const bytes = Buffer.from(text)
  let whole = false
  for (let at = 0; at < bytes.length; at += piece) whole = reader.feed(bytes.subarray(at, at + piece))
  return { whole, body, reader }
}

const withLength = 'HTTP/1.1 200 OK\r\nContent-Length: 11\r\nETag: "a"\r\n\r\nhello world'
const chunked =
  'HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n5;x=1\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: t\r\n\r\n'

describe('HTTP/1.1 responses', () => {
  test.each([1, 2, 7, 1000])('are read when they come in pieces of %i bytes', (piece) => {
    expect(read(withLength, piece)).toMatchObject({ whole: true, body: 'hello world' })
    expect(read(withLength, piece).reader.headers.get('etag')).toBe('"a"')
    expect(read(chunked, piece)).toMatchObject({ whole: true, body: 'hello world', reader: { status: 201 } })
    const interim = `HTTP/1.1 100 Continue\r\n\r\n${withLength}`
    expect(read(interim, piece)).toMatchObject({ whole: true, body: 'hello world', reader: { status: 200 } })
  })

  test('without a body are whole after the head', () => {
    expect(read('HTTP/1.1 204 No Content\r\n\r\n', 3)).toMatchObject({ whole: true, body: '' })
    expect(read('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n', 3, 'HEAD')).toMatchObject({ whole: true, body: '' })
    expect(read('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', 3)).toMatchObject({ whole: true, body: '' })
  })

  test('without a length last until the connection ends', () => {
    const { whole, body, reader } = read('HTTP/1.1 200 OK\r\n\r\nall of it', 4)
    expect({ whole, body, ended: reader.endedByClose(), keepAlive: reader.keepAlive }).toEqual({
      whole: false,
      body: 'all of it',
      ended: true,
      keepAlive: false,
    })
  })

  test('say whether the connection stays open', () => {
    expect(read('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', 50).reader.keepAlive).toBe(false)
    expect(read('HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n', 50).reader.keepAlive).toBe(false)
    expect(read(withLength, 50).reader.keepAlive).toBe(true)
  })

  test.each([
    ['no HTTP', 'SSH-2.0-OpenSSH\r\n\r\n'],
    ['a header without a colon', 'HTTP/1.1 200 OK\r\nnonsense\r\n\r\n'],
    ['a negative length', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n'],
    ['more than the length', `${withLength}!`],
    ['a chunk size that is no number', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
    ['a chunk longer than its size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n'],
    ['an endless head', `HTTP/1.1 200 OK\r\nA: ${'a'.repeat(40_000)}`],
  ])('that are malformed are refused: %s', (_name, text) => {
    expect(() => read(text, 10_000)).toThrow(expect.objectContaining({ code: 'malformed-http' }))
  })
})
