import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { artifactOf, MenderDevice, type MenderDeviceOptions } from '@sutler/simulators'
import { createMenderProtocol, type MenderProtocol } from '../protocol.ts'
import { installOutput, MemoryHost } from './host.ts'
import type { InstallOutput } from '@sutler/device-model'

/** The protocol on a socket of its own, over a hub in memory that serves files with Range. */
export interface Serving {
  readonly url: string
  readonly host: MemoryHost
  readonly protocol: MenderProtocol
  /** What a test sets its clock by, milliseconds. */
  readonly clock: { time: number }
  readonly problems: unknown[]
  /** Addresses of proxies that are believed. */
  readonly fronts: Set<string>
  device(options?: Partial<MenderDeviceOptions>): MenderDevice
  /** A device that is accepted as `id`. */
  accepted(id: string, options?: Partial<MenderDeviceOptions>): MenderDevice
  /** Queues the installation of a real artifact. @returns id of the output */
  order(device: string, delivery: string, version: string, artifact?: Partial<{ name: string; type: string }>): number
  stop(): Promise<void>
}

export async function serve({ bodyPatience = 30_000 } = {}): Promise<Serving> {
  const hub = { fronts: new Set<string>() }
  const host = new MemoryHost()
  const clock = { time: Date.parse('2026-11-26T11:00:00Z') }
  const problems: unknown[] = []
  const protocol = createMenderProtocol({
    tokenKey: new Uint8Array(32).fill(7),
    clock: { now: () => clock.time, monotonic: () => clock.time },
    fronts: (address) => hub.fronts.has(address),
    bodyPatience,
    onProblem: (problem) => problems.push(problem),
  })
  await protocol.start(host)
  const files = new Map<string, Buffer>()
  const server = createServer((request, response) => {
    if (request.url!.startsWith('/files/')) sendFile(request, response, files)
    else protocol.handle(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const device = (options: Partial<MenderDeviceOptions> = {}) =>
    new MenderDevice({ hub: url, identity: { mac: '00:11' }, deviceType: 'board', retryMilliseconds: 1, ...options })
  return {
    url,
    host,
    protocol,
    clock,
    problems,
    fronts: hub.fronts,
    device,
    accepted(id, options) {
      const made = device({ identity: { serial: id }, ...options })
      host.accept({ identity: made.identity, proof: { publicKey: made.publicKey } }, id)
      return made
    },
    order(id, delivery, version, artifact = {}) {
      const name = artifact.name ?? `guide-${version}`
      const provides = { 'rootfs-image.guide.version': version }
      const payload = { 'run.sh': Buffer.from(version) }
      const bytes = artifactOf({ type: 'script', deviceTypes: ['board'], name, provides, files: payload })
      const output = stored(host, files, bytes, delivery, version)
      return host.want(id, output, `${url}/files`)
    },
    async stop() {
      await protocol.stop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function stored(
  host: MemoryHost,
  files: Map<string, Buffer>,
  bytes: Buffer,
  delivery: string,
  version: string,
): InstallOutput {
  const digest = sha256(bytes)
  const manifest = sha256(Buffer.from(digest))
  files.set(digest, bytes)
  const file = { path: 'guide.mender', size: bytes.length, digest, mode: 0o644 }
  const about = { service: 'guide', version, component: 'board' }
  host.manifests.set(manifest, { ...about, restart: 'none', health: null, files: [file] })
  const reports = { name: 'guide', version }
  return installOutput(delivery, { version, reports, bytes: bytes.length, manifest: { digest: manifest, size: 1 } })
}

function sendFile(request: IncomingMessage, response: ServerResponse, files: ReadonlyMap<string, Buffer>): void {
  const bytes = files.get(request.url!.split('/')[3]!.split('?')[0]!)
  if (!bytes) return void response.writeHead(404).end()
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
  const range = `bytes ${from}-${bytes.length - 1}/${bytes.length}`
  response.writeHead(from > 0 ? 206 : 200, { 'content-length': bytes.length - from, 'content-range': range })
  response.end(bytes.subarray(from))
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
