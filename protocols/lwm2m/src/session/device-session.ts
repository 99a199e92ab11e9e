import { reportOf, unitsOf } from '../mapping/report.ts'
import { Values } from '../mapping/values.ts'
import { carryOut } from './control.ts'
import { DeviceRequests } from './device-requests.ts'
import { Lwm2mExchangeError } from './exchange-error.ts'
import { JobCarrier } from './job-carrier.ts'
import { nextStep } from './looking.ts'
import { SessionOver } from './memory.ts'
import { keep } from './keep.ts'
import { isAwake } from './registration.ts'
import { takeCancel, takeWork } from './taking.ts'
import type { Input, ProtocolHost, QueuedOutput } from '@sutler/device-model'
import type { Entry } from '../wire/values.ts'
import type { Clock } from '../clock.ts'
import type { Content, Job } from './job.ts'
import type { Conversations } from './conversations.ts'
import type { Memory } from './memory.ts'
import type { Registration } from './registration.ts'

export interface DeviceSessionDeps {
  readonly host: ProtocolHost
  readonly clock: Clock
  readonly conversations: Conversations
  /** Milliseconds between looks at a device that has not told of a change: the first, doubled up to the last. */
  readonly looks: { readonly first: number; readonly last: number }
  /** The device does not answer: it is not reached until it is heard of again. */
  readonly lost: (session: DeviceSession) => void
  /** Another hub has the device now. */
  readonly over: (session: DeviceSession) => void
  readonly problem: (device: string, detail: string, cause: unknown) => void
}

/** After a failure of the host. */
const retryAfter = 5000
/** Objects that a report is made of. */
const reportedObjects = [3, 4, 5, 9] as const

/** The hub's work with one registered device: reports it, takes outputs, and carries one job at a time through. */
export class DeviceSession {
  readonly registration: Registration
  readonly #memory: Memory
  readonly #deps: DeviceSessionDeps
  readonly #values = new Values()
  readonly #requests: DeviceRequests
  readonly #carrier: JobCarrier
  readonly #inbox = new Map<number, QueuedOutput>()
  /** Ends every request with the session. */
  readonly #life = new AbortController()
  #observed = new Set<number>()
  #reported = false
  #again = false
  #ended = false
  #working: Promise<void> | null = null
  #cancelTimer: (() => void) | null = null
  #lookDelay: number
  #counter = 0

  constructor(registration: Registration, memory: Memory, deps: DeviceSessionDeps) {
    this.registration = registration
    this.#memory = memory
    this.#deps = deps
    this.#lookDelay = deps.looks.first
    const ask: ConstructorParameters<typeof DeviceRequests>[0] = (request, notify) =>
      deps.conversations.ask(this.registration.path, { signal: this.#life.signal, ...request }, notify)
    this.#requests = new DeviceRequests(ask, registration.version, memory.value.habits)
    const { host, clock } = deps
    const about = { device: registration.device, host, clock, memory, requests: this.#requests }
    this.#carrier = new JobCarrier({ ...about, life: this.#life.signal, inventory: () => this.#inventory() })
  }

  get memory(): Memory {
    return this.#memory
  }

  get device(): string {
    return this.registration.device
  }

  get awake(): boolean {
    return !this.#ended && isAwake(this.registration, this.#deps.clock.now())
  }

  /** Outputs of the hub's queue; those that are known already change nothing. */
  give(outputs: readonly QueuedOutput[]): void {
    for (const queued of outputs) {
      this.#inbox.set(queued.id, queued)
      this.#carrier.stopFor(queued)
    }
    this.ring()
  }

  /** The device was heard of: what it was asked before may have another answer now. */
  heard(changed: boolean): void {
    if (changed) this.#reported = false
    this.#observed.clear()
    this.ring()
  }

  /** Values that the device sent unasked. */
  async told(entries: readonly Entry[]): Promise<void> {
    this.#values.put(entries)
    if (this.#reported && entries.some(({ path }) => path.startsWith('/3/') || path.startsWith('/9/')))
      await this.#say([this.#inventory()])
    this.ring()
  }

  /** What the registration has become is remembered. */
  keepRegistration(): Promise<void> {
    return keep(this.#memory, this.registration)
  }

  /** There may be something to do. */
  ring(): void {
    const nothing = this.#reported && this.#inbox.size === 0 && this.#memory.value.jobs.length === 0
    if (this.#ended || nothing) return
    this.#cancelTimer?.()
    this.#cancelTimer = null
    this.#again = true
    this.#working ??= this.#work().finally(() => {
      this.#working = null
      if (this.#again) this.ring()
    })
  }

  async end(): Promise<void> {
    this.#ended = true
    this.#again = false
    this.#cancelTimer?.()
    this.#life.abort()
    await this.#working
  }

  async #work(): Promise<void> {
    try {
      while (this.#again && this.awake) {
        this.#again = false
        await this.#round()
      }
      this.#again = false
    } catch (error) {
      this.#again = false
      this.#failed(error)
    }
  }

  #failed(error: unknown): void {
    if (this.#ended) return
    if (error instanceof SessionOver) {
      this.#ended = true
      this.#deps.over(this)
    } else if (error instanceof Lwm2mExchangeError && error.code !== 'aborted') {
      this.#deps.problem(this.device, 'the device does not answer', error)
      this.#deps.lost(this)
    } else {
      if (!(error instanceof Lwm2mExchangeError)) this.#deps.problem(this.device, 'work with the device failed', error)
      this.#later(error instanceof Lwm2mExchangeError ? 0 : retryAfter)
    }
  }

  #later(delay: number): void {
    this.#cancelTimer?.()
    this.#cancelTimer = this.#deps.clock.after(delay, () => this.ring())
  }

  async #round(): Promise<void> {
    if (!this.#reported) await this.#report()
    await this.#takeInbox()
    for (let job = this.#memory.value.jobs[0]; job && !this.#ended; job = this.#memory.value.jobs[0]) {
      const step = await nextStep(job, this.#place())
      if (!(await this.#carrier.carry(job, step))) return this.#wait(job)
      this.#lookDelay = this.#deps.looks.first
      await this.#takeInbox()
    }
    await this.#keepHabits()
  }

  #place() {
    const { registration } = this
    return {
      requests: this.#requests,
      values: this.#values,
      registration: registration.id,
      now: this.#deps.clock.now(),
    }
  }

  /** Looks again later, or when the device tells of a change. */
  async #wait(job: Job): Promise<void> {
    if (!this.#observed.has(job.object)) {
      this.#observed.add(job.object)
      const [state, result] =
        job.object === 5 ? ['/5/0/3', '/5/0/5'] : [`/9/${job.instance ?? 0}/7`, `/9/${job.instance ?? 0}/9`]
      for (const path of [state!, result!]) await this.#requests.observe(path, () => this.ring())
    }
    await this.#keepHabits()
    this.#later(this.#lookDelay)
    this.#lookDelay = Math.min(this.#lookDelay * 2, this.#deps.looks.last)
  }

  async #keepHabits(): Promise<void> {
    const { habits } = this.#requests
    if (habits !== this.#memory.value.habits) await this.#memory.put({ ...this.#memory.value, habits })
  }

  /** Reads what the device is and runs, and tells the host. */
  async #report(): Promise<void> {
    const { objects } = this.registration
    for (const object of reportedObjects) {
      if (!objects.has(object)) continue
      this.#values.forget(object)
      this.#values.put(await this.#requests.read(object === 9 ? '/9' : `/${object}/0`))
    }
    const report = reportOf(this.registration.deviceClass, this.#values, this.registration, this.#units())
    await this.#say([{ id: this.#nextId('report'), kind: 'capabilities', report }, ...this.#faults()])
    this.#reported = true
    await this.#keepHabits()
  }

  #units() {
    return unitsOf(this.#values, this.registration.objects, this.#memory.value.firmware)
  }

  #inventory(): Input {
    return { id: this.#nextId('inventory'), kind: 'inventory', units: this.#units() }
  }

  /** E.4, resource 11: what is wrong with the device itself; 0 is nothing. */
  #faults(): Input[] {
    const codes = this.#values.numbers('/3/0/11').filter((code) => code !== 0)
    return codes.map((code) => ({
      id: this.#nextId('fault'),
      kind: 'fault',
      code: `3/0/11:${code}`,
      detail: `the Device object shows Error Code ${code}`,
    }))
  }

  async #takeInbox(): Promise<void> {
    for (const [id, queued] of this.#inbox) {
      const error = await this.#take(queued)
      this.#inbox.delete(id)
      if (error !== 'full') this.#deps.host.outputTaken(this.device, id, error)
    }
  }

  /** @returns null when it is taken, an error code when the device refused it for good, `full` when it has to wait */
  async #take(queued: QueuedOutput): Promise<string | null> {
    const { output } = queued
    if (output.kind === 'query-capabilities') {
      await this.#report()
      return null
    }
    if (output.kind !== 'install' && output.kind !== 'remove' && output.kind !== 'cancel') {
      const { error, inputs } = await carryOut(output, this.#requests, () => this.#nextId('answer'))
      await this.#say(inputs)
      return error
    }
    const memory = this.#memory.value
    const now = this.#deps.clock.now()
    const found = output.kind === 'install' ? await this.#contentOf(output.manifest.digest) : null
    if (output.kind === 'install' && !found) return 'unknown-manifest'
    const taken =
      output.kind === 'cancel'
        ? takeCancel(memory, output.delivery)
        : takeWork(memory, queued, found?.content ?? null, found?.restart ?? false, now)
    await this.#say(taken.inputs)
    await this.#memory.put(taken.memory)
    return taken.taken ? null : 'full'
  }

  async #contentOf(digest: string): Promise<{ content: Content; restart: boolean } | null> {
    const manifest = await this.#deps.host.manifest(digest)
    const file = manifest?.files[0]
    if (!manifest || !file || manifest.files.length !== 1) return null
    return {
      content: { manifest: digest, digest: file.digest, size: file.size },
      restart: manifest.restart === 'device',
    }
  }

  async #say(inputs: readonly Input[]): Promise<void> {
    if (inputs.length > 0) await this.#deps.host.inputs(this.device, inputs)
  }

  #nextId(what: string): string {
    return `${this.registration.id}-${what}-${++this.#counter}`
  }
}
