import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ConformanceHost, Harness, SimulatedDevice, Stop } from '@sutler/device-model/conformance'
import type { DeviceProtocol, ProgressStage, Unit } from '@sutler/device-model'
import { DdiDevice } from '../../../../simulators/src/ddi/ddi-device.ts'
import { createDdiProtocol, type DdiProtocol } from '../protocol.ts'

const stages: readonly ProgressStage[] = ['downloading', 'verifying', 'installing', 'restarting', 'checking']

/** DDI on a server of its own, and simulated devices that poll it. */
export function ddiHarness(): Harness {
  let protocol: DdiProtocol | null = null
  let server: Server | null = null
  const listening = async (): Promise<Server> => {
    if (server) return server
    const made = createServer((request, response) => {
      if (!protocol?.handle(request, response)) response.writeHead(503).end()
    })
    await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve))
    server = made
    return made
  }
  return {
    name: 'DDI',
    stages,
    skips: {
      'installs, updates and removes, each with a proof': 'DDI cannot take anything off a device',
    },
    async start(host): Promise<DeviceProtocol> {
      await listening()
      const started = createDdiProtocol({ now: Date.now, proofPatience: 1_000 })
      await started.start(host)
      protocol = started
      return started
    },
    async device(host, number) {
      const { port } = (await listening()).address() as AddressInfo
      return simulated(host, `http://127.0.0.1:${port}`, number)
    },
    async end() {
      server?.closeAllConnections()
      await new Promise((resolve) => server?.close(resolve) ?? resolve(null))
    },
  }
}

function simulated(host: ConformanceHost, hub: string, number: number): SimulatedDevice {
  const controller = `box ${number}`
  const id = `dev-ddi-${number}`
  const token = `token-${number}`
  host.admit('ddi', controller, {
    device: id,
    class: 'gateway',
    accepts: ({ proof, tenant }) => tenant === 'main' && 'token' in proof && proof.token === token,
  })
  const device = new DdiDevice({
    hub,
    tenant: 'main',
    controller,
    credential: { targetToken: token },
    attributes: { 'hardware.model': 'Box 3', arch: 'arm' },
    reportsUnits: true,
  })
  device.units = [{ name: 'base', version: '1.0' }]
  let on = false
  return {
    id,
    claim: { protocol: 'ddi', identity: controller, tenant: 'main' },
    async on() {
      on = true
      await device.poll()
    },
    async off() {
      on = false
      device.losePower()
    },
    async turn() {
      if (on) await device.poll()
    },
    failAt: (stop: Stop | null) => void (device.faults.failAt = stop ?? undefined),
    holdAt: (stage: ProgressStage | null) => void (device.faults.holdAt = stage ?? undefined),
    held: () => device.held,
    stutter: (repeats) => void (device.faults.repeats = repeats),
    runs: () => device.units,
    alter: (units: readonly Unit[]) => void (device.units = units),
    pretend: (pretends) => void (device.faults.pretends = pretends),
    installs: () => device.installs,
    asked: () => [],
  }
}
