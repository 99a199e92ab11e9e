import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { ProtocolHost } from '@sutler/device-model'
import { createCwmpProtocol, type CwmpOptions, type CwmpProblem, type CwmpProtocol } from '../src/index.ts'

/** The protocol behind a web server of its own, as the hub mounts it. */
export class Acs {
  readonly problems: CwmpProblem[] = []
  readonly #given: Partial<CwmpOptions>
  #server: Server | null = null
  #port = 0

  constructor(given: Partial<CwmpOptions> = {}) {
    this.#given = given
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/cwmp`
  }

  /** On the same port each time. */
  async start(host: ProtocolHost): Promise<CwmpProtocol> {
    const protocol = createCwmpProtocol({
      key: Buffer.alloc(32, 7),
      url: null,
      informInterval: 3600,
      basic: 'always',
      connectionRequests: ['127.0.0.0/8'],
      front: () => false,
      sessionLimit: 100,
      clock: { now: () => Date.now(), monotonic: () => performance.now() },
      onProblem: (problem) => this.problems.push(problem),
      ...this.#given,
    })
    const server = createServer((request, response) => {
      if (!protocol.handle(request, response)) response.writeHead(404).end()
    })
    server.listen(this.#port, '127.0.0.1')
    await once(server, 'listening')
    this.#server = server
    this.#port = (server.address() as AddressInfo).port
    await protocol.start(host)
    return {
      ...protocol,
      stop: async () => {
        await protocol.stop()
        await this.stop()
      },
    }
  }

  async stop(): Promise<void> {
    const server = this.#server
    this.#server = null
    if (server === null) return
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
}
