import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Output, Unit } from '@sutler/device-model'
import type { ComponentGiven, Harness, SimulatedDevice, Stop } from '@sutler/device-model/conformance'
import { UspAgent, type UspAgentOptions } from '../../../../simulators/src/usp/index.ts'
import { createUspProtocol, WebSocketTransport, type UspClock, type UspTransport } from '../index.ts'

export const controller = 'self::sutler'
export const password = 'a password of tests'

export const clock: UspClock = {
  monotonic: () => performance.now(),
  after(delay, then) {
    const timer = setTimeout(then, delay)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

/** A way for agents to the protocol under test: on a port of its own, the same one after a restart. */
export interface Ground {
  transport(): UspTransport
  up(): Promise<void>
  down(): Promise<void>
  access(endpoint: string): UspAgentOptions['access']
}

/** A web server that passes upgrades on, as the hub's does. */
export function webSocketGround(): Ground {
  let port = 0
  let server: Server | null = null
  let current: WebSocketTransport | null = null
  return {
    transport: () => (current = new WebSocketTransport(clock)),
    async up() {
      server = createServer()
      server.on('upgrade', (incoming, socket, head) => current?.upgrade(incoming, socket, head) ?? socket.destroy())
      await new Promise<void>((resolve) => server!.listen(port, '127.0.0.1', resolve))
      port = (server.address() as AddressInfo).port
    },
    async down() {
      server?.closeAllConnections()
      await new Promise((resolve) => server?.close(resolve))
    },
    access: (endpoint) => ({
      over: 'websocket',
      url: `ws://127.0.0.1:${port}/usp`,
      headers: { authorization: `Basic ${Buffer.from(`${endpoint}:${password}`).toString('base64')}` },
    }),
  }
}

export interface HarnessOptions {
  readonly name: string
  readonly role: 'unit' | 'firmware'
  readonly ground: () => Ground
  readonly stages: Harness['stages']
  readonly skips?: Harness['skips']
  readonly agent?: Partial<UspAgentOptions>
}

/** The conformance suite's harness over one transport, with the simulated agent. */
export function harness({ name, role, ground: makeGround, stages, skips, agent: options }: HarnessOptions): Harness {
  const ground = makeGround()
  return {
    name,
    stages,
    ...(skips && { skips }),
    component: (service, version, size) => component(role, service, version, size),
    async start(host) {
      await ground.up()
      const protocol = createUspProtocol({ transports: [ground.transport()], clock, controller })
      await protocol.start(host)
      const stop = protocol.stop.bind(protocol)
      protocol.stop = async () => {
        await stop()
        await ground.down()
      }
      return protocol
    },
    async device(host, number) {
      const id = `stb-0000000${number}`
      const endpoint = `os::0005B9-00000000000${number}`
      const accepts = (claim: { proof: object }): boolean =>
        'password' in claim.proof ? claim.proof.password === password : 'preShared' in claim.proof
      host.admit('usp', endpoint, { device: id, class: 'set-top-box', accepts })
      const agent = new UspAgent({ endpoint, controller, access: ground.access(endpoint), ...options })
      return new Simulated(id, agent)
    },
    async end() {},
  }
}

function component(role: 'unit' | 'firmware', service: string, version: string, size: number): ComponentGiven {
  const content = Buffer.alloc(Math.max(size, 64), `${service} ${version}\n`)
  return { role, files: [{ path: `${service}.pkg`, content }] }
}

class Simulated implements SimulatedDevice {
  readonly id: string
  readonly claim: SimulatedDevice['claim']
  readonly agent: UspAgent

  constructor(id: string, agent: UspAgent) {
    this.id = id
    this.agent = agent
    this.claim = { protocol: 'usp', identity: agent.endpoint }
  }

  on = (): Promise<void> => this.agent.boot()
  off = (): Promise<void> => this.agent.powerOff()
  turn = async (): Promise<void> => {}
  failAt(stop: Stop | null): void {
    this.agent.faults.fails = stop
  }
  holdAt(stage: Parameters<SimulatedDevice['holdAt']>[0]): void {
    this.agent.faults.holdAt(stage)
  }
  held(): boolean {
    return this.agent.faults.held
  }
  stutter(on: boolean): void {
    this.agent.faults.stutters = on
  }
  runs(): Unit[] {
    const { units, images, activeImage } = this.agent.state
    return [...units.values(), images.get(activeImage)!].map(({ name, version }) => ({ name, version }))
  }
  alter(units: readonly Unit[]): void {
    const { state } = this.agent
    state.units.clear()
    for (const { name, version } of units)
      state.units.set(state.instance(), { uuid: `by-hand-${name}`, name, version, status: 'Installed' })
    if (units.length === 0) Object.assign(state.images.get(state.activeImage)!, { name: 'base', version: '1.0' })
  }
  pretend(on: boolean): void {
    this.agent.faults.pretends = on
  }
  installs(): number {
    return this.agent.installs
  }
  asked(): Output['kind'][] {
    return this.agent.heard.flatMap(({ number, command }) => {
      if (command === 'Device.Reboot()') return ['restart' as const]
      return number === 4 ? ['configure' as const] : []
    })
  }
}
