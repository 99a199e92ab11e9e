import { createReadStream } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serveParent } from './bench-process.ts'

/** What file delivery is measured against: `http.createServer` and `createReadStream`, nothing else. */
serveParent(async ({ path, size }: { path: string; size: number }) => {
  const server = createServer((incoming, outgoing) => {
    const asked = /^bytes=(\d+)-(\d+)$/.exec(incoming.headers.range ?? '')
    const [start, end] = asked ? [Number(asked[1]), Number(asked[2])] : [0, size - 1]
    outgoing.writeHead(asked ? 206 : 200, { 'content-length': end - start + 1 })
    createReadStream(path, { start, end }).pipe(outgoing)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
})
