import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Stands between a device and its hub, and answers what it likes in the hub's place. */
export interface HostileProxy {
  readonly url: string
  /**
   * What becomes of an answer: its body as changed, or undefined when `response` was answered in another way. By the path, with its
   * query, and the true body; null = the hub has no such thing.
   */
  tamper: (path: string, body: Buffer | null, response: ServerResponse) => Buffer | null | undefined
  /** True answers by path, the latest last. */
  readonly seen: Map<string, Buffer[]>
  serve(hub: string, mqtt: string): void
  stop(): Promise<void>
}

export async function startHostileProxy(): Promise<HostileProxy> {
  let [target, broker] = ['', '']
  const server = createServer((incoming, outgoing) => void pass(incoming, outgoing).catch(() => outgoing.destroy()))

  const pass = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const pieces: Buffer[] = []
    for await (const piece of incoming) pieces.push(piece as Buffer)
    const { method = 'GET', headers, url: path = '/' } = incoming
    const body = method === 'GET' ? null : Buffer.concat(pieces)
    const kept = Object.entries(headers).filter(([name]) => ['content-type', 'range', 'if-range'].includes(name))
    const answer = await fetch(`${target}${path}`, {
      method,
      body,
      headers: Object.fromEntries(kept) as Record<string, string>,
    })
    let content = Buffer.from(await answer.arrayBuffer())
    if (path === '/api/v1/enrolments' && answer.ok)
      content = Buffer.from(JSON.stringify({ ...(JSON.parse(content.toString()) as object), mqtt: broker }))
    const found = answer.ok ? content : null
    if (found) proxy.seen.set(path, [...(proxy.seen.get(path) ?? []), found])
    const changed = proxy.tamper(path, found, outgoing)
    if (changed === undefined) return
    const same = changed === found || changed === null
    const status = same ? answer.status : 200
    const type = answer.headers.get('content-type') ?? 'application/json'
    const sent = changed ?? content
    const range = answer.headers.get('content-range')
    const more = { ...(range && same ? { 'content-range': range } : {}), etag: answer.headers.get('etag') ?? '""' }
    outgoing.writeHead(status, { 'content-type': type, 'content-length': sent.length, ...more }).end(sent)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const proxy: HostileProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tamper: (_path, body) => body,
    seen: new Map(),
    serve(hub, mqtt) {
      ;[target, broker] = [hub, mqtt]
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return proxy
}
