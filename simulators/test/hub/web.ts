import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'

export interface Reply {
  readonly status: number
  readonly body: unknown
}

export interface WebHost {
  /** JSON requests; null = no such route. */
  answer(method: string, path: string, body: Record<string, unknown>, token: string): Reply | null
  /** A file, 'expired', or null. @param query of the link */
  file(manifest: string, digest: string, query: URLSearchParams): Buffer | 'expired' | null
}

/** A real HTTP server: the REST routes a fleet uses, and files with ranges. */
export async function startWeb(host: WebHost): Promise<Server> {
  const server = createServer((request, response) => {
    const url = new URL(request.url!, 'http://hub')
    const file = /^\/files\/([0-9a-f]{64})\/([0-9a-f]{64})$/.exec(url.pathname)
    if (file) return sendFile(request, response, file[2]!, host.file(file[1]!, file[2]!, url.searchParams))
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const text = Buffer.concat(pieces).toString()
      const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
      const token = request.headers.authorization?.replace('Bearer ', '') ?? ''
      const reply = host.answer(request.method!, url.pathname, body, token) ?? problem(404, 'not-found', url.pathname)
      response.writeHead(reply.status, { 'content-type': 'application/json' }).end(JSON.stringify(reply.body))
    })
  })
  await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0, backlog: 2048 }, resolve))
  return server
}

export function problem(status: number, code: string, detail: string): Reply {
  return { status, body: { type: `/problems/${code}`, title: code, status, detail } }
}

function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  digest: string,
  file: Buffer | 'expired' | null,
): void {
  if (file === 'expired') return void response.writeHead(403).end(JSON.stringify({ type: '/problems/link-expired' }))
  if (!file) return void response.writeHead(404).end()
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '')
  const headers = { etag: `"${digest}"`, 'accept-ranges': 'bytes' }
  if (!range || (request.headers['if-range'] ?? headers.etag) !== headers.etag) {
    return void response.writeHead(200, { ...headers, 'content-length': file.length }).end(file)
  }
  const first = Number(range[1])
  const last = range[2] === '' ? file.length - 1 : Math.min(Number(range[2]), file.length - 1)
  if (first > last) return void response.writeHead(416, { 'content-range': `bytes */${file.length}` }).end()
  const part = file.subarray(first, last + 1)
  const contentRange = `bytes ${first}-${last}/${file.length}`
  response.writeHead(206, { ...headers, 'content-range': contentRange, 'content-length': part.length }).end(part)
}
