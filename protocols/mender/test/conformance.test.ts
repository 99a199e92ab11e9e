import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { conformance, type Harness } from '@sutler/device-model/conformance'
import { artifactOf } from '@sutler/simulators'
import { createMenderProtocol, type MenderProtocol } from '../src/index.ts'
import { ConformanceDevice, stages } from './conformance-device.ts'
import type { ProgressStage } from '@sutler/device-model'

function menderHarness(): Harness {
  let protocol: MenderProtocol | null = null
  const server = createServer((request, response) => {
    if (protocol?.handle(request, response) !== true) response.writeHead(503).end()
  })
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    name: 'mender',
    stages: Object.keys(stages) as ProgressStage[],
    skips: {
      'installs, updates and removes, each with a proof':
        'Mender has no removal: an artifact that takes the service away is installed in its place',
    },
    component(service, version, size) {
      const provides = { [`rootfs-image.${service}.version`]: version }
      const files = { 'payload.bin': Buffer.from(crypto.getRandomValues(new Uint8Array(Math.min(size, 60_000)))) }
      const about = { type: 'script', deviceTypes: ['board'], name: `${service}-${version}` }
      return {
        role: 'unit',
        files: [{ path: `${service}.mender`, content: artifactOf({ ...about, provides, files }) }],
      }
    },
    async start(host) {
      const tokenKey = new Uint8Array(32).fill(3)
      protocol = createMenderProtocol({ tokenKey, clock: { now: Date.now, monotonic: () => performance.now() } })
      await protocol.start(host)
      if (!server.listening) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return protocol
    },
    async device(host, number) {
      const id = `dev-mender-${number}`
      const device = new ConformanceDevice(id, url())
      const { identity, publicKey } = device.device
      const accepts = ({ proof }: { proof: object }) => 'publicKey' in proof && proof.publicKey === publicKey
      host.admit('mender', identity, { device: id, class: 'gateway', accepts })
      return device
    },
    async end() {
      server.closeAllConnections()
      if (server.listening) await new Promise((resolve) => server.close(resolve))
    },
  }
}

conformance(menderHarness)
