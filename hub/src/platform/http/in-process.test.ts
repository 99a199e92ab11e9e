import { afterAll, expect, test } from 'vitest'
import { createInProcess } from './in-process.ts'
import type { RawHandler } from './server.ts'

const content = Buffer.from(Array.from({ length: 200_000 }, (_, at) => at % 251))

/** `/ranged` knows ranges, `/whole` does not, `/refused` refuses. */
const handler: RawHandler = ({ url, headers }, outgoing) => {
  if (url === '/whole') outgoing.end(content)
  else if (url === '/refused')
    outgoing.writeHead(403, { 'content-type': 'application/problem+json' }).end('{"type":"x"}')
  else if (url === '/ranged') {
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? []
    const end = Math.min(Number(to), content.length - 1)
    outgoing.writeHead(206, { 'content-range': `bytes ${from}-${end}/${content.length}` })
    outgoing.end(content.subarray(Number(from), end + 1))
  } else return false
  return true
}
const inProcess = createInProcess([handler])
afterAll(() => inProcess.close())

test.each(['/ranged', '/whole'])('a piece of %s is what would come over a socket', async (path) => {
  for (const from of [0, 65_536, 196_608]) {
    const { status, total, bytes } = await inProcess.get(path, from, 65_536)
    expect([status, total, bytes.equals(content.subarray(from, from + 65_536))]).toEqual([200, content.length, true])
  }
})

test('more requests at once than there are connections all have their answers', async () => {
  const all = await Promise.all(Array.from({ length: 40 }, (_, at) => inProcess.get('/ranged', at, 10)))
  expect(all.map(({ bytes }) => bytes[0])).toEqual(Array.from({ length: 40 }, (_, at) => at))
})

test('what is refused, or not there, says so', async () => {
  expect(await inProcess.get('/refused', 0, 65_536)).toMatchObject({ status: 403, bytes: Buffer.from('{"type":"x"}') })
  const { status, bytes } = await inProcess.get('/else', 0, 65_536)
  expect([status, JSON.parse(bytes.toString()).type]).toEqual([404, expect.stringContaining('no-such-route')])
})
