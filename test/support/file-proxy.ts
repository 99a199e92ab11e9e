import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startHub, type HubProcess } from './hub-process.ts'

/**
 * Stands between devices and the hub's files, as a cache of the operator's would: give its `url` to the hub as
 * SUTLER_PUBLIC_URL. It remembers what was fetched and can hold requests back.
 */
export interface FileProxy {
  readonly url: string
  /** Digests asked for, in order. */
  readonly fetched: string[]
  /** Bytes of content that went to devices, and of files that came from developers, by digest; heads not counted. */
  readonly sent: Map<string, number>
  readonly uploaded: Map<string, number>
  /** Awaited before a request is passed on. */
  gate: (digest: string) => Promise<void> | void
  /** Passes requests on to this hub. */
  serve(hub: string): void
  stop(): Promise<void>
}

async function startFileProxy(): Promise<FileProxy> {
  let target = ''
  const server = createServer((incoming, outgoing) => void pass(incoming, outgoing))
  const pass = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const digest = new URL(incoming.url!, target).pathname.split('/').at(-1)!
    proxy.fetched.push(digest)
    await proxy.gate(digest)
    const { method, headers } = incoming
    if (method === 'PUT') incoming.on('data', (bytes: Buffer) => add(proxy.uploaded, digest, bytes))
    const onward = request(new URL(incoming.url!, target), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers)
      if (incoming.url!.startsWith('/files/')) answer.on('data', (bytes: Buffer) => add(proxy.sent, digest, bytes))
      answer.pipe(outgoing)
      answer.on('error', () => outgoing.destroy())
    })
    onward.on('error', () => outgoing.destroy())
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const proxy: FileProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fetched: [],
    sent: new Map(),
    uploaded: new Map(),
    gate: () => undefined,
    serve(hub) {
      target = hub
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return proxy
}

/** A hub whose files devices fetch through a proxy. The caller stops both. @param databaseUrl the hub's */
export async function startHubBehindProxy(databaseUrl: string): Promise<{ hub: HubProcess; proxy: FileProxy }> {
  const proxy = await startFileProxy()
  const hub = await startHub({ databaseUrl }).catch(async (error: unknown) => {
    await proxy.stop()
    throw error
  })
  proxy.serve(hub.url)
  // Its ports are known only now; it keeps them.
  await hub.kill()
  await hub.restart({ SUTLER_PUBLIC_URL: proxy.url })
  return { hub, proxy }
}

function add(counts: Map<string, number>, digest: string, bytes: Buffer): void {
  counts.set(digest, (counts.get(digest) ?? 0) + bytes.length)
}
