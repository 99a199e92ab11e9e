import { benchHub, publish } from './bench-hub.ts'
import { startFleet } from './fleet-client.ts'
import { figure, type Bench, type BenchOptions } from './measure.ts'
import { smallService } from './small-service.ts'
import type { HubProcess } from '../support/hub-process.ts'

/**
 * What a simulated device costs its process: resident memory after full collections, more than before, per device, with a
 * smaller fleet before that so that code and pools are counted with neither. Allocators give back as they like, hence runs.
 */

const service = smallService().id
const warmUp = 100

export const bench: Bench = async (options) => {
  const { resources, quick, say } = options
  const hub = await benchHub({ resources })
  await publish(hub)
  const devices = quick ? 400 : 2_000
  const connected: number[] = []
  const installed: number[] = []
  for (let run = 1; run <= (quick ? 1 : 5); run++) {
    const cost = await oneRun(options, hub, devices, run)
    connected.push(cost.connected)
    installed.push(cost.installed)
    say(`run ${run}: ${cost.connected.toFixed(1)} KB connected, ${cost.installed.toFixed(1)} KB after an install`)
  }
  const against = `${devices} devices`
  return {
    'fleet.bytes_per_device': figure(connected, 'KB', { against: `${against}, connected`, goal: '≤ 12 KB' }),
    'fleet.bytes_per_device_installed': figure(installed, 'KB', {
      against: `${against}, with a service of 3 files`,
      goal: '≤ 12 KB',
    }),
  }
}

/** KB of 1,000 bytes per device. */
async function oneRun({ resources }: BenchOptions, hub: HubProcess, devices: number, run: number) {
  const fleet = startFleet({ resources }, ['--expose-gc'])
  await fleet.start({ hub, devices: warmUp, seed: 2 * run, service: null })
  await fleet.order(service)
  const before = await fleet.memory()
  await fleet.start({ hub, devices, seed: 2 * run + 1, service: null })
  const connected = await fleet.memory()
  await fleet.order(service)
  const installed = await fleet.memory()
  await fleet.stop()
  const perDevice = (bytes: number): number => (bytes - before.resident) / devices / 1000
  return { connected: perDevice(connected.resident), installed: perDevice(installed.resident) }
}
