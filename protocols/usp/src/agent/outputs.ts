import type { Output, QueuedOutput } from '@sutler/device-model'
import { AgentRefusal } from '../errors.ts'
import { settingsOf } from '../mapping/settings.ts'
import type { WorkOutput } from '../session/work.ts'
import type { Conversation } from './conversation.ts'
import type { DeviceStore } from './store.ts'
import type { Survey } from './survey.ts'
import type { Works } from './works.ts'

/** Outputs that are kept until their turn; the hub sends 16 at once, and each again until it is taken. */
const most = 64

/** The outputs that the hub has sent for one agent and that are not taken yet. */
export class Outputs {
  readonly #talk: Conversation
  readonly #store: DeviceStore
  readonly #survey: Survey
  readonly #works: Works
  readonly #waiting = new Map<number, QueuedOutput>()

  constructor(talk: Conversation, store: DeviceStore, survey: Survey, works: Works) {
    this.#talk = talk
    this.#store = store
    this.#survey = survey
    this.#works = works
  }

  add(outputs: readonly QueuedOutput[]): void {
    for (const queued of outputs)
      if (this.#waiting.size < most || this.#waiting.has(queued.id)) this.#waiting.set(queued.id, queued)
  }

  /** Goes through what waits, oldest first; what other work stands in the way of stays. */
  async work(): Promise<void> {
    for (const queued of [...this.#waiting.values()].toSorted(inTurn)) {
      if (!this.#waiting.has(queued.id)) continue
      if (isWork(queued)) {
        if (await this.#overtaken(queued)) continue
        if (!(await this.#works.take(queued))) continue
      } else await this.#other(queued)
      this.#waiting.delete(queued.id)
    }
  }

  /** A newer intention for the same service waits already: the older one is never begun. */
  async #overtaken(queued: WorkOutput): Promise<boolean> {
    const { service, epoch } = queued.output
    const newer = [...this.#waiting.values()].some(
      (other) => isWork(other) && other.output.service === service && other.output.epoch > epoch,
    )
    if (!newer || !(await this.#works.isNew(queued))) return false
    await this.#works.decline(queued, 'superseded', 'a newer version was asked for meanwhile')
    this.#waiting.delete(queued.id)
    return true
  }

  async #other({ id, output }: QueuedOutput): Promise<void> {
    // At most once: a device that restarts before it answers would be restarted again and again.
    if (output.kind === 'restart') this.#taken(id, null)
    try {
      await this.#do(id, output)
      if (output.kind !== 'restart') this.#taken(id, null)
    } catch (error) {
      if (!(error instanceof AgentRefusal) || error.code === null) throw error
      const detail = error.message.slice(0, 500)
      await this.#store.say({ id: `fault-${id}`, kind: 'fault', code: String(error.code), detail })
      this.#taken(id, detail)
    }
  }

  #taken(id: number, error: string | null): void {
    this.#store.host.outputTaken(this.#store.device, id, error)
  }

  async #do(id: number, output: Output): Promise<void> {
    switch (output.kind) {
      case 'query-capabilities':
        return this.#survey.report()
      case 'ping':
        await this.#talk.get(['Device.DeviceInfo.SoftwareVersion'])
        return this.#store.say({ id: `pong-${id}`, kind: 'pong' })
      case 'configure':
        await this.#talk.ask({ case: 'set', value: settingsOf(output.settings) }, 'setResp')
        return
      case 'restart':
        await this.#restart(id)
        return
      case 'cancel':
        return this.#cancel(output.delivery)
      default:
        // What limits() refuses does not come here; another kind of a later hub is no reason to stop.
        return
    }
  }

  async #restart(id: number): Promise<void> {
    const value = { command: 'Device.Reboot()', commandKey: `restart-${id}`, sendResp: true, inputArgs: new Map() }
    const { operationResults } = await this.#talk.ask({ case: 'operate', value }, 'operateResp')
    const answer = operationResults[0]?.operationResp
    if (answer?.case === 'cmdFailure') throw new AgentRefusal(answer.value.errCode, answer.value.errMsg)
  }

  async #cancel(delivery: string): Promise<void> {
    if ((await this.#works.cancel(delivery)) === 'asked') return
    const waiting = [...this.#waiting.values()].find((each) => isWork(each) && each.output.delivery === delivery)
    await this.#works.neverBegun(delivery, waiting?.id ?? null)
    if (waiting) this.#waiting.delete(waiting.id)
  }
}

function isWork(queued: QueuedOutput): queued is WorkOutput {
  return queued.output.kind === 'install' || queued.output.kind === 'remove'
}

/** As the hub queued them; of installs and removals, older intentions first. Cancellations do not wait for what they cancel. */
function inTurn(one: QueuedOutput, other: QueuedOutput): number {
  if (isWork(one) && isWork(other)) return one.output.epoch - other.output.epoch || one.id - other.id
  if (isWork(one) !== isWork(other)) return isWork(one) ? 1 : -1
  return one.id - other.id
}
