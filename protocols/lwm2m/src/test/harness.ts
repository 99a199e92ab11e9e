import { randomBytes } from 'node:crypto'
import type { ConformanceHost, Harness, SimulatedDevice, Stop } from '@sutler/device-model/conformance'
import type { Output, ProgressStage, Unit } from '@sutler/device-model'
import { Lwm2mDevice, udpLink, type Lwm2mDeviceOptions } from '@sutler/simulators'
import { Lwm2mProtocol, udpTransport, type Clock } from '../index.ts'

export const realClock: Clock = {
  now: () => Date.now(),
  after(delay, then) {
    const timer = setTimeout(then, delay)
    return () => clearTimeout(timer)
  },
}

/** The device as the suite drives it. */
class Driven implements SimulatedDevice {
  readonly id: string
  readonly claim: SimulatedDevice['claim']
  readonly device: Lwm2mDevice
  readonly #object: 5 | 9
  #on = false
  #turns = 0

  constructor(id: string, device: Lwm2mDevice, object: 5 | 9) {
    this.id = id
    this.claim = { protocol: 'lwm2m', identity: id }
    this.device = device
    this.#object = object
  }

  async on(): Promise<void> {
    this.#on = true
    await this.device.boot()
  }

  async off(): Promise<void> {
    this.#on = false
    this.device.cut()
  }

  /** An update now and then. */
  async turn(): Promise<void> {
    if (this.#on && ++this.#turns % 20 === 0) await this.device.update().catch(() => {})
  }

  failAt(stop: Stop | null): void {
    this.device.stages.failAt = stop
  }

  holdAt(stage: ProgressStage | null): void {
    this.device.stages.hold(stage)
  }

  held(): boolean {
    return this.device.stages.held
  }

  stutter(on: boolean): void {
    this.device.endpoint.stutters = on
  }

  runs(): readonly Unit[] {
    const { firmware, software } = this.device
    return this.#object === 5 ? [{ name: 'guide', version: firmware.version }] : software.runs()
  }

  alter(units: readonly Unit[]): void {
    if (this.#object === 5) this.device.firmware.version = units[0]?.version ?? '0'
    else this.device.software.alter(units)
  }

  pretend(on: boolean): void {
    this.device.software.pretends = on
    this.device.firmware.pretends = on
  }

  installs(): number {
    return this.device.software.installs + this.device.firmware.installs
  }

  asked(): readonly Output['kind'][] {
    return this.device.asked as Output['kind'][]
  }
}

/** @param object whether packages (9) or firmware (5) are installed */
export function lwm2mHarness(object: 5 | 9, options: Partial<Lwm2mDeviceOptions> = {}): Harness {
  let port = 0
  return {
    name: `lwm2m, ${object === 5 ? 'firmware' : 'packages'}${options.version ? ` ${options.version}` : ''}`,
    stages: object === 5 ? ['downloading', 'installing'] : ['downloading', 'verifying', 'installing', 'checking'],
    skips: object === 5 ? firmwareSkips : {},
    component(service, version, size) {
      const content = Buffer.alloc(size, 'x')
      content.write(`${service} ${version}\n`)
      return { role: object === 5 ? 'firmware' : 'unit', files: [{ path: `${service}.bin`, content }] }
    },
    async start(host) {
      const udp = udpTransport({ host: '127.0.0.1', port, clock: realClock, random: Math.random })
      const looks = { first: 20, last: 200 }
      const protocol = new Lwm2mProtocol({
        transports: [udp],
        clock: realClock,
        randomBytes,
        plainToken: 'site',
        looks,
      })
      await protocol.start(host)
      port = protocol.ports.get('coap')!
      return protocol
    },
    async device(host: ConformanceHost, number) {
      const id = `dev-lwm2m-${number}`
      const accepts: Parameters<ConformanceHost['admit']>[2]['accepts'] = ({ proof }) =>
        'gatewayToken' in proof && proof.gatewayToken === 'site'
      host.admit('lwm2m', id, { device: id, class: 'gateway', accepts })
      const open = udpLink({ host: '127.0.0.1', port })
      return new Driven(id, new Lwm2mDevice({ name: id, open, ...options }), object)
    },
    async end() {},
  }
}

const firmwareSkips = {
  'installs, updates and removes, each with a proof': 'firmware is replaced, never removed',
  'two services stand beside each other': 'a device runs one firmware',
  'what is changed behind the hub’s back is in the next report': 'a device is never without firmware',
}
