import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serveParent } from './bench-process.ts'

/** What the API is measured against: bare `node:http` that sends the same head and body and looks at nothing. */
serveParent(
  async ({ headers, body, status = 200 }: { headers: Record<string, string>; body: string; status?: number }) => {
    const server = createServer((_incoming, outgoing) => {
      outgoing.writeHead(status, headers)
      outgoing.end(body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return (server.address() as AddressInfo).port
  },
)
