import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createDdiProtocol, type DdiOptions, type DdiProtocol } from '../protocol.ts'
import { MemoryHost } from './memory-host.ts'

/** The protocol on a server of its own, before a hub in memory. */
export interface DdiServer {
  readonly host: MemoryHost
  readonly url: string
  readonly protocol: DdiProtocol
  readonly server: Server
  /** What went wrong inside. */
  readonly failures: unknown[]
  close(): Promise<void>
}

export async function ddiServer(options: Partial<DdiOptions> = {}): Promise<DdiServer> {
  const host = new MemoryHost()
  await host.start()
  const failures: unknown[] = []
  const protocol = createDdiProtocol({ now: Date.now, onFailure: (error) => failures.push(error), ...options })
  await protocol.start(host)
  const server = createServer((request, response) => {
    if (!protocol.handle(request, response)) response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    host,
    protocol,
    server,
    failures,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await protocol.stop()
      await host.stop()
    },
  }
}
