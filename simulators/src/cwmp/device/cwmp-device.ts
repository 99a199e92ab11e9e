import { ConnectionRequestServer } from '../net/connection-request-server.ts'
import { node, type SoapNode } from '../soap/node.ts'
import { plainDialect, type Dialect } from '../soap/write.ts'
import { tr098, tr181, type Identity } from '../model/models.ts'
import { goodHabits, noFaults, type DeviceFaults, type Habits } from './habits.ts'
import type { Installer } from './installer.ts'
import { MethodFault, methods } from './methods.ts'
import { informNode, type InformEvent } from './inform.ts'
import { DeviceWork } from './work.ts'
import { runSession, type SessionLog } from './session.ts'
import type { DataModel } from '../model/data-model.ts'
import type { Job } from './jobs.ts'
import type { Login } from '../net/digest.ts'

export interface CwmpDeviceOptions {
  readonly acs: string
  readonly login: Login
  readonly identity: Identity
  readonly model: 'tr181' | 'tr098'
  /** Of the firmware that it runs at first. */
  readonly version: string
  readonly dialect?: Partial<Dialect>
  readonly habits?: Partial<Habits>
  readonly authority?: string
}

/** A simulated CPE. It says nothing by itself: each verb runs to its end, so that a test decides the order of everything. */
export class CwmpDevice {
  readonly faults: DeviceFaults = noFaults()
  readonly habits: Habits
  readonly dialect: Dialect
  readonly model: DataModel
  /** Every session so far, the newest last. */
  readonly sessions: SessionLog[] = []
  /** Methods that the ACS has called, oldest first. */
  readonly asked: string[] = []
  /** A connection request came; the next `settle` opens a session for it. */
  woken = 0
  readonly #options: CwmpDeviceOptions
  readonly #work: DeviceWork
  #requests: SoapNode[] = []
  #door: ConnectionRequestServer | null = null
  #acs: string
  #running: Promise<unknown> = Promise.resolve()

  constructor(options: CwmpDeviceOptions) {
    this.#options = options
    this.#acs = options.acs
    this.habits = { ...goodHabits, ...options.habits }
    this.dialect = { ...plainDialect, ...options.dialect }
    this.model = (options.model === 'tr181' ? tr181 : tr098)(options.identity, options.version)
    this.#work = new DeviceWork(this.model, this.faults, options.authority)
  }

  /** What is in place. */
  get installer(): Installer {
    return this.#work.installer
  }

  /** It waits at the stage that it was told to wait at. */
  get held(): boolean {
    return this.#work.held
  }

  get jobs(): readonly Job[] {
    return this.#work.jobs
  }

  /** What the ACS has asked for by ScheduleInform. */
  get scheduled(): readonly { readonly seconds: number; readonly commandKey: string }[] {
    return this.#work.scheduled
  }

  async listen(): Promise<void> {
    const login = () => ({
      username: this.model.value('ManagementServer.ConnectionRequestUsername'),
      password: this.model.value('ManagementServer.ConnectionRequestPassword'),
    })
    this.#door = new ConnectionRequestServer(login, () => this.woken++)
    await this.#door.listen()
    this.model.put('ManagementServer.ConnectionRequestURL', this.#door.url)
  }

  close(): void {
    this.#door?.close()
  }

  /** The ACS moved, or another hub stands for it. */
  useAcs(url: string): void {
    this.#acs = url
  }

  /** For the first time, or after a factory reset. */
  bootstrap(): Promise<SessionLog> {
    return this.inform({ code: '0 BOOTSTRAP' }, { code: '1 BOOT' })
  }

  boot(): Promise<SessionLog> {
    return this.inform({ code: '1 BOOT' })
  }

  periodic(): Promise<SessionLog> {
    return this.inform({ code: '2 PERIODIC' })
  }

  /** A session of its own for these requests, for example an autonomous change. */
  async report(event: string, ...requests: SoapNode[]): Promise<SessionLog> {
    this.#requests.push(...requests)
    return this.inform({ code: event })
  }

  /** One session after the other, never two at once. */
  inform(...events: InformEvent[]): Promise<SessionLog> {
    const session = this.#running.then(() => this.#session(events))
    this.#running = session.catch(() => undefined)
    return session
  }

  /** A second session beside one that may be open: what a device with a fault does. */
  async informBeside(...events: InformEvent[]): Promise<SessionLog> {
    return this.#session(events)
  }

  /** Does what was ordered, and reports it, until nothing is left. Bounded. */
  async settle(): Promise<void> {
    for (let round = 0; round < 12; round++) if (!(await this.step())) return
  }

  /** The next thing that the device does by itself: a session that was asked for, or ordered work. @returns whether it did one */
  async step(): Promise<boolean> {
    const woken = this.woken > 0
    this.woken = 0
    if (!woken) return this.#nextJob()
    await this.inform({ code: '6 CONNECTION REQUEST' })
    return true
  }

  /** What could not be told yet is told now. */
  get untold(): number {
    return this.#requests.length
  }

  /** The next ordered thing is done and told. @returns whether there was one */
  async #nextJob(): Promise<boolean> {
    const done = await this.#work.next()
    if (!done) return false
    this.#requests.push(...done.requests, ...(this.faults.stutter ? done.requests : []))
    if (done.requests.length === 0 || this.habits.completes === 'with-event') await this.inform(...done.events)
    else if (this.habits.completes === 'under-periodic') await this.inform({ code: '2 PERIODIC' })
    else {
      const held = this.#requests
      this.#requests = []
      await this.inform(...done.events)
      this.#requests = held
      await this.inform({ code: '2 PERIODIC' })
    }
    return true
  }

  async #session(events: readonly InformEvent[]): Promise<SessionLog> {
    const { login, identity, authority } = this.#options
    const { auth, cookies } = this.habits
    const abandonAfter = this.faults.abandonAfter
    this.faults.abandonAfter = null
    const log = await runSession({
      connection: { url: this.#acs, login, auth, cookies, ...(authority && { authority }) },
      dialect: this.dialect,
      inform: informNode(this.model, identity, events),
      requests: this.#requests,
      answer: (request) => this.#answer(request),
      abandonAfter,
    })
    this.sessions.push(log)
    return log
  }

  async #answer(request: SoapNode): Promise<SoapNode> {
    const { refuse } = this.faults
    if (refuse?.method === request.name) throw new MethodFault(refuse.code, 'refused on purpose')
    this.asked.push(request.name)
    const unknown = this.habits.without.includes(request.name) || !Object.hasOwn(methods, request.name)
    if (unknown || (request.name === 'ChangeDUState' && !this.habits.deploymentUnits))
      throw new MethodFault(9000, 'Method not supported')
    const fields = await methods[request.name]!(
      {
        model: this.model,
        jobs: this.#work.jobs,
        keepsKey: this.habits.parameterKey,
        doneAtOnce: async (job) => this.habits.immediate && this.#work.atOnce(job),
        schedule: (seconds, commandKey) => this.#work.scheduled.push({ seconds, commandKey }),
      },
      request,
    )
    return node(`${request.name}Response`, fields)
  }
}
