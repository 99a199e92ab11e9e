import type {
  Asked,
  DeviceProtocol,
  Input,
  Output,
  ProgressStage,
  ProtocolHost,
  QueuedOutput,
  Unit,
} from '../../src/index.ts'
import type { ConformanceHost, Harness, SimulatedDevice, Stop } from '../index.ts'

/**
 * The least protocol that keeps the contract, with a call in place of a wire: devices poll, say what they have to say, and
 * get the oldest output. It is there to try the suite itself, and to be read by whoever writes a protocol.
 */
export class LoopProtocol implements DeviceProtocol {
  readonly name = 'loop'
  readonly proof = 'reports'
  #host: ProtocolHost | null = null

  async start(host: ProtocolHost): Promise<void> {
    this.#host = host
  }

  async stop(): Promise<void> {
    this.#host = null
  }

  reaches(): boolean {
    return false
  }

  async send(): Promise<void> {}

  limits(asked: Asked): string | null {
    return asked.kind === 'message' ? 'loop devices have no screen to show a text on' : null
  }

  /** @returns what the device is to do next; null when nothing, or when it was not let in */
  async poll(identity: string, token: string, inputs: readonly Input[]): Promise<QueuedOutput | null> {
    const host = this.#host
    if (host === null) return null
    const who = await host.authenticate({ protocol: this.name, identity, proof: { token }, address: '127.0.0.1' })
    if (!('device' in who)) return null
    host.seen(who.device, 60_000)
    await host.inputs(who.device, inputs)
    for (const input of inputs) if (input.kind === 'outcome') await this.#close(host, who.device, input.delivery)
    return this.#next(host, who.device)
  }

  /** What was taken but is not done is given again: the device knows it by its delivery. */
  async #next(host: ProtocolHost, device: string): Promise<QueuedOutput | null> {
    const { version, value } = await host.recall(device)
    const memory = (value ?? { newest: {}, open: null }) as Memory
    const waiting = await host.outputs(device, 16)
    for (const queued of waiting.toSorted((one, other) => epochOf(one.output) - epochOf(other.output))) {
      const { output, id } = queued
      const service = 'service' in output ? output.service : ''
      if (epochOf(output) < (memory.newest[service] ?? 0)) {
        host.outputTaken(device, id, 'superseded')
        continue
      }
      if (memory.open !== null && output.kind !== 'cancel') break
      if (output.kind !== 'cancel' && 'delivery' in output) {
        const open = { newest: { ...memory.newest, [service]: epochOf(output) + 1 }, open: queued }
        if ((await host.remember(device, open, version)) === null) return null
      }
      host.outputTaken(device, id, null)
      return queued
    }
    return memory.open
  }

  async #close(host: ProtocolHost, device: string, delivery: string): Promise<void> {
    const { version, value } = await host.recall(device)
    const memory = value as Memory | null
    const open = memory?.open?.output
    if (memory && open && 'delivery' in open && open.delivery === delivery)
      await host.remember(device, { ...memory, open: null }, version)
  }
}

interface Memory {
  readonly newest: Readonly<Record<string, number>>
  readonly open: QueuedOutput | null
}

function epochOf(output: Output): number {
  return output.kind === 'install' || output.kind === 'remove' ? output.epoch : Number.MAX_SAFE_INTEGER
}

const stages: readonly ProgressStage[] = ['downloading', 'verifying', 'installing', 'restarting', 'checking']

class LoopDevice implements SimulatedDevice {
  readonly claim: SimulatedDevice['claim']
  readonly #hub: () => LoopProtocol | null
  #units: readonly Unit[] = []
  #on = false
  #twice = false
  #pretends = false
  #fails: Stop | null = null
  #holds: ProgressStage | null = null
  #held = false
  #reports = 0
  #installs = 0
  #pending: Input[] = []
  #work: { output: Extract<Output, { kind: 'install' }>; stage: number } | null = null
  readonly #done = new Set<string>()
  readonly #asked: Output['kind'][] = []
  readonly id: string

  constructor(id: string, hub: () => LoopProtocol | null) {
    this.id = id
    this.#hub = hub
    this.claim = { protocol: 'loop', identity: id }
  }

  async on(): Promise<void> {
    this.#on = true
    this.#pending.push({ id: `hello-${++this.#reports}`, kind: 'hello', agent: 'loop/1', boot: '' }, this.#report())
  }

  async off(): Promise<void> {
    this.#on = false
  }

  async turn(): Promise<void> {
    if (!this.#on) return
    const said = this.#pending
    const given = await this.#hub()?.poll(this.id, 'secret', this.#twice ? [...said, ...said] : said)
    if (given === undefined) return
    this.#pending = this.#pending.filter((input) => !said.includes(input))
    if (given !== null) this.#take(given.output)
    this.#step()
  }

  failAt(stop: Stop | null): void {
    this.#fails = stop
  }

  holdAt(stage: ProgressStage | null): void {
    this.#holds = stage
  }

  held(): boolean {
    return this.#held
  }

  stutter(on: boolean): void {
    this.#twice = on
  }

  runs(): readonly Unit[] {
    return this.#units
  }

  alter(units: readonly Unit[]): void {
    this.#units = units
  }

  pretend(on: boolean): void {
    this.#pretends = on
  }

  installs(): number {
    return this.#installs
  }

  asked(): readonly Output['kind'][] {
    return this.#asked
  }

  #report(): Input {
    const hardware = { model: 'Loop 1', arch: 'none' }
    const nothing = { runtimes: {}, features: [], installed: [] }
    const report = {
      class: 'phone',
      hardware,
      os: { name: 'loop', version: '1' },
      ...nothing,
      units: this.#units,
    } as const
    return { id: `report-${++this.#reports}`, kind: 'capabilities', report }
  }

  #take(output: Output): void {
    if (output.kind === 'query-capabilities') this.#pending.push(this.#report())
    else if (output.kind === 'collect-log')
      this.#pending.push({ id: output.request, kind: 'log', request: output.request, text: 'all is well' })
    else if (output.kind === 'cancel') this.#cancel(output.delivery)
    else if (output.kind === 'remove') this.#remove(output)
    else if (output.kind === 'install') this.#begin(output)
    this.#asked.push(output.kind)
  }

  #cancel(delivery: string): void {
    if (this.#work?.output.delivery !== delivery) return
    this.#work = null
    this.#end(delivery, 'failed', 'cancelled')
  }

  #remove({ delivery, unit }: Extract<Output, { kind: 'remove' }>): void {
    if (this.#done.has(delivery)) return
    this.#units = this.#units.filter(({ name }) => name !== unit?.name)
    this.#pending.push({ id: `${delivery}-accepted`, kind: 'accepted', delivery })
    this.#end(delivery, 'removed', '')
  }

  #begin(output: Extract<Output, { kind: 'install' }>): void {
    const { delivery } = output
    if (this.#done.has(delivery) || this.#work?.output.delivery === delivery) return
    if (this.#fails === 'accept') {
      this.#done.add(delivery)
      return void this.#end(delivery, 'failed', 'refused')
    }
    this.#pending.push({ id: `${delivery}-accepted`, kind: 'accepted', delivery })
    this.#work = { output, stage: 0 }
  }

  /** One stage a turn. */
  #step(): void {
    const work = this.#work
    this.#held = work !== null && stages[work.stage] === this.#holds
    if (work === null || this.#held) return
    const { delivery, reports } = work.output
    const stage = stages[work.stage]
    if (stage !== undefined && stage === this.#fails) {
      this.#work = null
      return this.#end(delivery, 'rolled-back', `${stage} failed`)
    }
    if (++work.stage < stages.length) return
    this.#work = null
    this.#installs++
    if (!this.#pretends) this.#units = [...this.#units.filter(({ name }) => name !== reports.name), reports]
    this.#end(delivery, 'installed', '')
  }

  #end(delivery: string, result: Extract<Input, { kind: 'outcome' }>['result'], error: string): void {
    this.#done.add(delivery)
    const health = { ok: true, detail: '' }
    const unit = this.#units.at(-1) ?? { name: '', version: '' }
    const reported = { ...unit, by: 'the loop’s own word' }
    const id = `${delivery}-outcome`
    this.#pending.push({ id, kind: 'outcome', delivery, result, digests: [], reported, health, error })
  }
}

export function loopHarness(): Harness {
  let protocol: LoopProtocol | null = null
  return {
    name: 'loop',
    stages,
    async start(host) {
      const started = new LoopProtocol()
      await started.start(host)
      protocol = started
      return started
    },
    async device(host: ConformanceHost, number) {
      const id = `dev-loop-${number}`
      host.admit('loop', id, {
        device: id,
        class: 'phone',
        accepts: ({ proof }) => 'token' in proof && proof.token === 'secret',
      })
      return new LoopDevice(id, () => protocol)
    },
    async end() {},
  }
}
