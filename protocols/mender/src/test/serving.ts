import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ConformanceHost } from '@sutler/device-model/conformance'
import { artifactOf, MenderDevice, type MenderDeviceOptions } from '@sutler/simulators'
import { createMenderProtocol, type MenderProtocol } from '../protocol.ts'
import type { IdentityClaim } from '@sutler/device-model'

/** The protocol on a socket of its own, over a hub in memory that serves files with Range. */
export interface Serving {
  readonly url: string
  readonly host: ConformanceHost
  readonly protocol: MenderProtocol
  /** What a test sets its clock by, milliseconds. */
  readonly clock: { time: number }
  readonly problems: unknown[]
  /** Addresses of proxies that are believed. */
  readonly fronts: Set<string>
  device(options?: Partial<MenderDeviceOptions>): MenderDevice
  /** Lets in whoever shows this key, as `id`. */
  accept(claim: Pick<IdentityClaim, 'identity' | 'proof'>, id: string): void
  /** A device that is accepted as `id`. */
  accepted(id: string, options?: Partial<MenderDeviceOptions>): MenderDevice
  /** Queues the installation of a real artifact. @returns id of the output */
  order(device: string, delivery: string, version: string, artifact?: Partial<{ name: string; type: string }>): number
  stop(): Promise<void>
}

export async function serve({ bodyPatience = 30_000 } = {}): Promise<Serving> {
  const hub = { fronts: new Set<string>() }
  const host = new ConformanceHost()
  host.stranger = { waiting: true }
  await host.start()
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
  const server = createServer((request, response) => void protocol.handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const device = (options: Partial<MenderDeviceOptions> = {}) =>
    new MenderDevice({ hub: url, identity: { mac: '00:11' }, deviceType: 'board', retryMilliseconds: 1, ...options })
  const accept: Serving['accept'] = ({ identity, proof }, id) => {
    const shown = JSON.stringify(proof)
    const accepts = (claim: IdentityClaim): boolean => JSON.stringify(claim.proof) === shown
    host.admit('mender', identity, { device: id, class: 'gateway', accepts })
  }
  return {
    url,
    host,
    protocol,
    clock,
    problems,
    fronts: hub.fronts,
    device,
    accept,
    accepted(id, options) {
      const made = device({ identity: { serial: id }, ...options })
      accept({ identity: made.identity, proof: { publicKey: made.publicKey } }, id)
      return made
    },
    order(id, delivery, version, artifact = {}) {
      const name = artifact.name ?? `guide-${version}`
      const provides = { 'rootfs-image.guide.version': version }
      const payload = { 'run.sh': Buffer.from(version) }
      const content = artifactOf({ type: 'script', deviceTypes: ['board'], name, provides, files: payload })
      const reports = { name: 'guide', version }
      const output = host.component('guide', version, { files: [{ path: 'guide.mender', content }], reports })
      return host.queue(id, { ...output, delivery, epoch: 1 })
    },
    async stop() {
      await protocol.stop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await host.stop()
    },
  }
}
