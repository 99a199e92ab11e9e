import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ConformanceHost } from '../../../packages/device-model/conformance/host.ts'
import { createCwmpProtocol } from '../../../protocols/cwmp/src/index.ts'
import { serveParent } from '../bench-process.ts'

/** The protocol alone: a host in memory in place of the hub, whose devices show any password. */
serveParent(async (identities: readonly string[]) => {
  const host = new ConformanceHost()
  for (const [at, identity] of identities.entries())
    host.admit('cwmp', identity, { device: `dev-bench-${at}`, class: 'gateway', accepts: () => true })
  // As cheap as can be: what the hub adds is measured with the hub.
  const memory = new Map<string, { version: number; value: unknown }>()
  host.recall = async (device) => memory.get(device) ?? { version: 0, value: null }
  host.remember = async (device, value, version) => {
    memory.set(device, { version: version + 1, value })
    return version + 1
  }
  const protocol = createCwmpProtocol({
    key: Buffer.alloc(32, 1),
    url: null,
    informInterval: 3600,
    basic: 'always',
    connectionRequests: [],
    front: () => false,
    sessionLimit: 10_000,
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
  })
  await protocol.start(host)
  const server = createServer((request, response) => {
    if (!protocol.handle(request, response)) response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
})
