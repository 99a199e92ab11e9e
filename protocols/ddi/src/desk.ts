import type { DeviceClass, Input, ProtocolHost, QueuedOutput } from '@sutler/device-model'
import { DdiError } from './errors.ts'
import { reportOf } from './mapping/capabilities.ts'
import type { Shelf } from './shelf.ts'
import type { Answer } from './session/answer.ts'
import { takeConfigData, takeInstalledVersion } from './session/attributes.ts'
import { actionOf, readMemory, type Action, type Memory } from './session/memory.ts'
import type { Taken } from './session/queue.ts'
import { takeCancelFeedback } from './session/take-cancel.ts'
import { setAutoConfirm, takeConfirmation } from './session/take-confirmation.ts'
import { takeFeedback } from './session/take-feedback.ts'
import { termsOf, urgencyOf, type Settings, type Urgency } from './session/terms.ts'
import { confirmsItself, lookAt, planVisit, type Visit } from './session/visit.ts'
import { readConfigData, readInstalledVersion } from './wire/config-data.ts'
import { readAutoConfirm, readConfirmation } from './wire/confirmation.ts'
import * as documents from './wire/documents.ts'
import { readFeedback } from './wire/feedback.ts'

/** Outputs looked at in one visit; the contract's most. */
const outputsLooked = 16
/** How often a change is planned anew because another session of the device was faster. */
const attempts = 5

/** Who asks, once it is known. */
export interface Caller {
  readonly device: string
  readonly class: DeviceClass
  readonly urls: documents.Urls
  /** As it names its software. */
  readonly agent: string
}

export interface DeskOptions extends Settings {
  /** Seconds between polls: with nothing to do, and while something is under way. */
  readonly sleep: number
  readonly busySleep: number
  /** Devices may choose when to install where an order does not say by when; else they are told to at once. */
  readonly soft: boolean
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
}

/** What is decided about a device, and what of it must be durable before it is told so. */
interface Decision<Told> {
  readonly memory: Memory
  readonly inputs?: readonly Input[]
  readonly taken?: readonly Taken[]
  readonly told: Told
}

/**
 * The hub's answers to one device's requests: remembers, decides by the pure session, hands what the device says to the host, and only
 * then answers.
 */
export class Desk {
  readonly #host: ProtocolHost
  readonly #shelf: Shelf
  readonly #options: DeskOptions

  constructor(host: ProtocolHost, shelf: Shelf, options: DeskOptions) {
    this.#host = host
    this.#shelf = shelf
    this.#options = options
  }

  /** The base resource: a poll. */
  async poll({ device, urls, agent }: Caller): Promise<string> {
    const { shown, busy } = await this.#visit(device, (visit) => {
      if (visit.memory.greeted) return { ...visit, told: visit }
      const hello: Input = { id: 'hello', kind: 'hello', agent, boot: '' }
      return { ...visit, memory: { ...visit.memory, greeted: true }, inputs: [hello, ...visit.inputs], told: visit }
    })
    const sleep = spread(device, busy ? this.#options.busySleep : this.#options.sleep)
    // Missing two polls and a little is missing.
    this.#host.seen(device, (3 * sleep + 10) * 1000)
    return documents.controllerBase(urls, sleep, shown)
  }

  /** deploymentBase/{id} and confirmationBase/{id}: from here on the device knows of the action. */
  async action(
    { device, urls }: Caller,
    id: number,
    which: 'deployment' | 'confirmation',
    history: number,
  ): Promise<string> {
    const look = await this.#visit(device, (visit, settings) => {
      const found = lookAt(visit, id, settings, this.#options.now())
      if (!found || found.action.confirmed !== (which === 'deployment')) return { ...visit, told: null }
      const taken = actionOf(visit.memory, id) ? visit.taken : [...visit.taken, { id, error: null }]
      return { ...visit, memory: found.memory, taken, told: found }
    })
    if (!look) throw await this.#missing(device, id)
    const chunk = await this.#shelf.chunk(look.action.work)
    const write = which === 'deployment' ? documents.deploymentBase : documents.confirmationAction
    return write(urls, id, look.terms, chunk, historyOf(look.action, history))
  }

  async feedback({ device }: Caller, id: number, body: Uint8Array): Promise<void> {
    const feedback = readFeedback(body)
    await this.#answer(device, id, (memory) => takeFeedback(memory, id, feedback, this.#options.now()))
  }

  async cancelAction({ device }: Caller, id: number): Promise<string> {
    const memory = await this.#visit(device, (visit) => ({ ...visit, told: visit.memory }))
    const action = actionOf(memory, id)
    if (!action?.cancel || action.cancel.refused) throw await this.#missing(device, id)
    return documents.cancelAction(id)
  }

  async cancelFeedback({ device }: Caller, id: number, body: Uint8Array): Promise<void> {
    const feedback = readFeedback(body)
    await this.#answer(device, id, (memory) => takeCancelFeedback(memory, id, feedback))
  }

  async confirmationBase({ device, urls }: Caller): Promise<string> {
    const { memory, shown } = await this.#visit(device, (visit) => ({ ...visit, told: visit }))
    const { autoConfirm } = memory
    const active = confirmsItself(memory, this.#options)
    const who =
      autoConfirm && active
        ? { initiator: autoConfirm.initiator, remark: autoConfirm.remark, activatedAt: autoConfirm.at }
        : {}
    return documents.confirmationBase(urls, { active, ...who }, shown.confirmation ?? null)
  }

  async confirmationFeedback({ device }: Caller, id: number, body: Uint8Array): Promise<void> {
    const confirmation = readConfirmation(body)
    await this.#answer(device, id, (memory) => takeConfirmation(memory, id, confirmation))
  }

  async autoConfirm({ device }: Caller, active: boolean, body: Uint8Array): Promise<void> {
    const who = active ? readAutoConfirm(body) : { initiator: '', remark: '' }
    const now = this.#options.now()
    await this.#change(device, (memory) => ({ memory: setAutoConfirm(memory, active, who, now), told: undefined }))
  }

  async configData({ device, class: deviceClass }: Caller, body: Uint8Array): Promise<void> {
    const data = readConfigData(body)
    await this.#visit(device, (visit) => {
      const { memory, inputs } = takeConfigData(visit.memory, data)
      const report = reportOf(deviceClass, memory.attributes ?? {}, memory.units)
      const said: Input = { id: `report.${memory.reports}`, kind: 'capabilities', report }
      const taken = [...visit.taken, ...visit.asked.map((output) => ({ id: output, error: null }))]
      return { ...visit, memory, taken, inputs: [...visit.inputs, ...inputs, said], told: undefined }
    })
  }

  async installedBase({ device, urls }: Caller, id: number, history: number): Promise<string> {
    const { installed } = readMemory((await this.#host.recall(device)).value)
    if (installed?.id !== id) throw new DdiError('not-found', 'installedBase', `action ${id} is not what is installed`)
    const terms = termsOf({ forcedFrom: 0, window: null }, 0)
    const messages = history === 0 ? null : { status: 'FINISHED', messages: [] }
    return documents.deploymentBase(urls, id, terms, await this.#shelf.chunk(installed.work), messages)
  }

  /** PUT installedBase: what the device runs, by whoever has put it there. */
  async installedVersion({ device }: Caller, body: Uint8Array): Promise<void> {
    const unit = readInstalledVersion(body)
    await this.#change(device, (before) => {
      const { memory, inputs } = takeInstalledVersion(before, unit)
      const said: Input = { id: `report.${memory.reports}`, kind: 'inventory', units: memory.units ?? [] }
      return { memory, inputs: [...inputs, said], told: undefined }
    })
  }

  /** What a device may download: the files of its open actions and of what it has installed. */
  async work({ device }: Caller, id: number): Promise<Action['work']> {
    const memory = readMemory((await this.#host.recall(device)).value)
    const work = actionOf(memory, id)?.work ?? (memory.installed?.id === id ? memory.installed.work : undefined)
    if (!work) throw missing(memory, id)
    return work
  }

  /** With what the hub wants of the device now. */
  async #visit<Told>(device: string, decide: (visit: Visit, settings: Settings) => Decision<Told>): Promise<Told> {
    const asked = this.#host.outputs(device, outputsLooked)
    // Whatever else fails first.
    asked.catch(() => {})
    return this.#change(device, async (memory) => {
      const outputs = await asked
      const settings = await this.#settings(device, memory, outputs)
      return decide(planVisit(memory, outputs, settings, this.#options.now()), settings)
    })
  }

  /** With the terms of everything that the device may be shown. */
  async #settings(device: string, memory: Memory, outputs: readonly QueuedOutput[]): Promise<Settings> {
    const deliveries = new Set([
      ...memory.actions.map(({ work }) => work.delivery),
      ...outputs.flatMap(({ output }) => (output.kind === 'install' ? [output.delivery] : [])),
    ])
    if (deliveries.size === 0 || this.#host.terms === undefined) return this.#options
    const found = new Map<string, Urgency>()
    for (const delivery of deliveries) {
      const terms = await this.#host.terms(device, delivery)
      if (terms) found.set(delivery, urgencyOf(terms, this.#options.soft))
    }
    return { ...this.#options, urgency: (work) => found.get(work.delivery) ?? this.#options.urgency(work) }
  }

  async #answer(device: string, id: number, decide: (memory: Memory) => Answer): Promise<void> {
    const answer = await this.#change(device, (memory) => {
      const taken = decide(memory)
      return { ...taken, told: { status: taken.status, memory } }
    })
    if (answer.status !== 200) throw missing(answer.memory, id)
  }

  /** Inputs first, then the memory, then the queue: whatever fails, the device says it again, and nothing is lost. */
  async #change<Told>(
    device: string,
    decide: (memory: Memory) => Decision<Told> | Promise<Decision<Told>>,
  ): Promise<Told> {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const { version, value } = await this.#host.recall(device)
      const before = readMemory(value)
      const { memory, inputs = [], taken = [], told } = await decide(before)
      if (inputs.length > 0) await this.#host.inputs(device, inputs)
      if (memory !== before && (await this.#host.remember(device, memory, version)) === null) continue
      for (const { id, error } of taken) this.#host.outputTaken(device, id, error)
      return told
    }
    throw new DdiError('busy', 'controller', 'the device talks in several sessions at once')
  }

  async #missing(device: string, id: number): Promise<DdiError> {
    return missing(readMemory((await this.#host.recall(device)).value), id)
  }
}

function missing(memory: Memory, id: number): DdiError {
  return memory.closed.includes(id)
    ? new DdiError('gone', 'action', `action ${id} is closed`)
    : new DdiError('not-found', 'action', `the device has no action ${id}, or not in this state`)
}

/** A tenth more or less, always the same for a device: those that began together drift apart. */
function spread(device: string, seconds: number): number {
  let hash = 0
  for (let at = 0; at < device.length; at++) hash = (hash * 31 + device.charCodeAt(at)) >>> 0
  return Math.max(1, Math.round(seconds * (0.9 + (hash % 2001) / 10_000)))
}

function historyOf({ stage, messages }: Action, asked: number): documents.History | null {
  if (asked === 0 || messages.length === 0) return null
  return { status: statuses[stage ?? 'scheduled'], messages: asked < 0 ? messages : messages.slice(0, asked) }
}

/** hawkBit's names of them. */
const statuses = {
  scheduled: 'SCHEDULED',
  downloading: 'DOWNLOAD',
  downloaded: 'DOWNLOADED',
  installing: 'RUNNING',
} as const
