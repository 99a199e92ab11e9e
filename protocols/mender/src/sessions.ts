import { MenderError } from './errors.ts'
import { logText } from './mapping/log-text.ts'
import { reportOf } from './mapping/report.ts'
import { planInventory } from './session/inventory.ts'
import { memoryOf } from './session/memory.ts'
import { planPoll } from './session/poll.ts'
import { Recent } from './session/recent.ts'
import { Rhythm } from './session/rhythm.ts'
import { planStatus } from './session/status.ts'
import { authClause, type AuthRequest } from './wire/auth-request.ts'
import { deploymentIdOf } from './wire/deployment-id.ts'
import { inventoryClause, type Attributes } from './wire/inventory.ts'
import { logClause, type LogLine } from './wire/log.ts'
import { nextClause, type Deployment, type NextRequest } from './wire/next.ts'
import { statusClause, type StatusReport } from './wire/status.ts'
import type { DeviceClass, IdentityClaim, Input, ProtocolHost, QueuedOutput } from '@sutler/device-model'
import type { Install } from './session/offer.ts'
import type { Known, Plan } from './session/plan.ts'

/** Outputs that are looked at in one request. */
const lookedAt = 16
/** Requests of one device at once, here or at two hubs: the later one plans again on what the first has left. */
const attempts = 5
/** Devices of which is known that they have nothing under way, and the length of what they said that is kept: 25 MB at most. */
const devicesKnown = 50_000
const wordsKept = 512

/** A device that has been recognised. */
export interface Recognised {
  readonly device: string
  readonly class: DeviceClass
}

/** What a request shows. */
export interface Shown {
  readonly identity: string
  /** PEM. */
  readonly publicKey: string
  readonly address: string
}

/** What Mender devices ask of the hub, request by request: reads what is remembered, plans, and makes it durable in order. */
export class MenderSessions {
  readonly #host: ProtocolHost
  readonly #now: () => number
  readonly #rhythm = new Rhythm()
  /** Device → what it said when it asked last, had nothing under way, and got nothing: asked again, it need not be looked up. */
  readonly #quiet = new Recent<string>(devicesKnown)

  /** @param now milliseconds, of a clock that never goes back */
  constructor(host: ProtocolHost, now: () => number) {
    this.#host = host
    this.#now = now
  }

  /** An authentication request whose signature holds. @throws MenderError `not-accepted`, `refused`, `too-many` */
  async authenticate({ says, tenantToken }: AuthRequest, shown: Shown): Promise<Recognised> {
    const found = await this.#recognised(shown, { says, ...(tenantToken !== null && { gatewayToken: tenantToken }) })
    await this.#take(found.device, authClause, [
      { id: `m-hello-${this.#now()}`, kind: 'hello', agent: 'mender', boot: '' },
    ])
    return found
  }

  /** Whoever shows a token must still be welcome. @param device that the token was given to */
  async admit(device: string, shown: Shown): Promise<Recognised> {
    const found = await this.#recognised(shown)
    if (found.device !== device) throw new MenderError('refused', authClause, 'the token was given to another device')
    this.#host.seen(device, this.#rhythm.seen(device, this.#now()))
    return found
  }

  async #recognised(
    { identity, publicKey, address }: Shown,
    more: Pick<IdentityClaim, 'says' | 'gatewayToken'> = {},
  ): Promise<Recognised> {
    const claim = { protocol: 'mender', identity, proof: { publicKey }, address, ...more }
    const answer = await this.#host.authenticate(claim)
    if ('device' in answer) return answer
    if ('waiting' in answer) throw new MenderError('not-accepted', authClause, 'an operator has to accept the device')
    if (answer.retryAfter !== undefined) throw MenderError.tooMany(authClause, answer.retryAfter)
    throw new MenderError('refused', authClause, `the device is not accepted: ${answer.refused}`)
  }

  /**
   * @param words as they came
   * @param read what they say; not asked where the same words had no consequence before
   * @returns null when there is nothing to do. @throws MenderError `not-taken`, and what `read` throws
   */
  async next(
    { device, class: deviceClass }: Recognised,
    words: string,
    read: () => NextRequest,
  ): Promise<Deployment | null> {
    const queue = await this.#host.outputs(device, lookedAt)
    if (queue.length === 0 && this.#quiet.get(device) === words) return null
    const said = read()
    const plan = await this.#change(device, nextClause, (known) => {
      const planned = planPoll(known, queue, said)
      if (planned.reportWanted === null) return planned
      const report = reportOf(deviceClass, planned.memory)
      const id = `m${planned.reportWanted}-report`
      return { ...planned, inputs: [...planned.inputs, { id, kind: 'capabilities', report } as const] }
    })
    const quiet = plan.offer === null && plan.memory.open === null
    if (quiet && words.length <= wordsKept) this.#quiet.set(device, words)
    return plan.offer === null ? null : this.#deployment(plan.offer, plan.memory.open!.artifact, said.deviceType)
  }

  async #deployment({ id, output, link }: Install, artifactName: string, deviceType: string): Promise<Deployment> {
    const [file] = (await this.#host.manifest(output.manifest.digest))?.files ?? []
    if (!link || !file) throw new MenderError('not-taken', nextClause, `the artifact of output ${id} cannot be fetched`)
    const uri = `${link.base}/${file.digest}?${link.query}`
    return { id: deploymentIdOf(id), artifactName, deviceTypes: [deviceType], uri, expires: link.expires }
  }

  /** @throws MenderError `unknown-deployment`, `aborted`, `not-taken` */
  async status({ device }: Recognised, id: number, report: StatusReport): Promise<void> {
    const queue: readonly QueuedOutput[] = await this.#host.outputs(device, lookedAt)
    const { answer } = await this.#change(device, statusClause, (known) => planStatus(known, queue, id, report))
    if (answer === 'unknown') throw new MenderError('unknown-deployment', statusClause, 'the device was never given it')
    if (answer === 'aborted') throw new MenderError('aborted', statusClause, 'the deployment was taken back')
  }

  /** @throws MenderError `unknown-deployment`, `not-taken` */
  async log({ device }: Recognised, id: number, lines: readonly LogLine[]): Promise<void> {
    const { open, ended } = memoryOf((await this.#host.recall(device)).value)
    const about = [...(open ? [open] : []), ...ended].find((one) => one.id === id)
    if (!about) throw new MenderError('unknown-deployment', logClause, 'the device was never given it')
    const text = `deployment of ${about.artifact}, delivery ${about.delivery}\n${logText(lines)}`
    await this.#take(device, logClause, [{ id: `m${id}-log`, kind: 'log', request: '', text }])
  }

  /** @throws MenderError `not-taken` */
  async inventory(found: Recognised, attributes: Attributes, how: 'replace' | 'merge'): Promise<void> {
    const plan = (known: Known) => planInventory(known, found.class, attributes, how)
    await this.#change(found.device, inventoryClause, plan)
  }

  /** Plans on what is remembered, and makes it so: inputs first, then the memory, then the queue. A repeat finds it done. */
  async #change<P extends Plan>(device: string, clause: string, plan: (known: Known) => P): Promise<P> {
    this.#quiet.delete(device)
    for (let attempt = 0; attempt < attempts; attempt++) {
      const { value, version } = await this.#host.recall(device)
      const memory = memoryOf(value)
      const planned = plan({ memory, version })
      await this.#take(device, clause, planned.inputs)
      if (planned.memory !== memory && (await this.#host.remember(device, planned.memory, version)) === null) continue
      for (const output of planned.taken) this.#host.outputTaken(device, output, null)
      return planned
    }
    throw new MenderError('not-taken', clause, 'the device asks for too many things at once')
  }

  async #take(device: string, clause: string, inputs: readonly Input[]): Promise<void> {
    if (inputs.length === 0) return
    try {
      await this.#host.inputs(device, inputs)
    } catch (cause) {
      throw new MenderError('not-taken', clause, `${inputs.length} inputs could not be stored`, null, cause)
    }
  }
}
