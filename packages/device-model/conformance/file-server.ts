import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Serves contents by path with ranges, as the hub's file links do; any query is a good one. */
export class FileServer {
  readonly #contents = new Map<string, Uint8Array>()
  readonly #server: Server
  /** Requests for files, by path: tests count them. */
  readonly requests: string[] = []

  constructor() {
    this.#server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://files').pathname
      const content = this.#contents.get(path)
      this.requests.push(path)
      if (content === undefined) return void response.writeHead(404).end()
      const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? []
      const start = Number(from ?? 0)
      const end = to === undefined || to === '' ? content.length : Number(to) + 1
      if (from !== undefined && start >= content.length)
        return void response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end()
      const part = content.subarray(start, end)
      response.writeHead(from === undefined ? 200 : 206, {
        'content-length': part.length,
        'accept-ranges': 'bytes',
        etag: `"${path}"`,
        ...(from !== undefined && { 'content-range': `bytes ${start}-${end - 1}/${content.length}` }),
      })
      response.end(request.method === 'HEAD' ? undefined : part)
    })
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }

  put(path: string, content: Uint8Array): void {
    this.#contents.set(path, content)
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
