import { sameUnit, type DeclineReason, type Input, type Outcome } from '@sutler/device-model'
import { AgentRefusal } from '../errors.ts'
import { saidOf, type Decision } from '../mapping/commands.ts'
import { commandCanceled, declineReason, errorOf } from '../mapping/failures.ts'
import { unitsOf, type Inventory } from '../mapping/inventory.ts'
import { uuidOf } from '../mapping/uuid.ts'
import { begun, ended, standing, type Stage, type Work } from '../session/memory.ts'
import { acceptedOf, holds, progressOf, workOf, type CommandAnswer, type WorkOutput } from '../session/work.ts'
import { Commands } from './commands.ts'
import type { Conversation } from './conversation.ts'
import type { DeviceStore } from './store.ts'

/** Times that a command whose end was never heard of is given again. */
const mostTries = 3

export interface OperationEnd {
  readonly commandKey: string
  readonly commandName: string
  /** Null = it succeeded. */
  readonly failure: { readonly code: number; readonly message: string } | null
}

/**
 * Installs and removals of one device, one after the other: a command is begun, its end is heard of (OperationComplete, Boot!)
 * or found out about after a lost connection, and what the data model then shows is the outcome. The output stays in the
 * hub's queue until then, so that a command that has to be given again gets a fresh link.
 */
export class Works {
  readonly #commands: Commands
  readonly #store: DeviceStore
  /** Work that is known to be under way at the agent since this connection stands. */
  readonly #sure = new Set<string>()

  /** @param features of the agent's report */
  constructor(talk: Conversation, store: DeviceStore, features: () => readonly string[]) {
    this.#commands = new Commands(talk, store.host, features)
    this.#store = store
  }

  /** The agent has started anew: what was under way may be lost. */
  unsure(): void {
    this.#sure.clear()
  }

  /** @returns false when other work comes first */
  async take(queued: WorkOutput): Promise<boolean> {
    const { output, id } = queued
    const memory = await this.#store.memory()
    switch (standing(memory, output)) {
      case 'done':
        this.#taken(id)
        return true
      case 'superseded':
        await this.decline(queued, 'superseded', 'a newer version was asked for meanwhile')
        return true
      case 'under-way':
        if (!this.#sure.has(output.delivery)) await this.#resume(queued, memory.work!)
        return true
      case 'later':
        return false
      case 'new':
        await this.#begin(queued, 1)
        return true
    }
  }

  /** Nothing has been begun of it, here or by a hub before. */
  async isNew({ output }: WorkOutput): Promise<boolean> {
    return !['done', 'under-way'].includes(standing(await this.#store.memory(), output))
  }

  /** The delivery does not begin, and says so. */
  async decline({ id, output }: WorkOutput, reason: DeclineReason, detail: string): Promise<void> {
    const { delivery, epoch } = output
    const why = { reason, detail: detail.slice(0, 500) }
    await this.#store.say({ id: `${delivery}-${epoch}-declined`, kind: 'declined', delivery, ...why })
    await this.#forget(delivery)
    this.#taken(id)
  }

  /** A cancellation of what was not begun. @param output of the delivery, if it waits */
  async neverBegun(delivery: string, output: number | null): Promise<void> {
    const memory = await this.#store.memory()
    if (!memory.done.includes(delivery)) {
      const health = { ok: false, detail: 'it was cancelled before it began' }
      const outcome = { kind: 'outcome', delivery, result: 'failed', digests: [], health, error: 'cancelled' } as const
      await this.#store.say({ id: `${delivery}-cancelled`, ...outcome })
      await this.#forget(delivery)
    }
    if (output !== null) this.#taken(output)
  }

  /** Takes the cancellation of a delivery that is under way to the agent. Its end says what became of it. */
  async cancel(delivery: string): Promise<'asked' | 'not-under-way'> {
    const { work } = await this.#store.memory()
    if (work?.delivery !== delivery) return 'not-under-way'
    if (work.request === '') return 'asked'
    try {
      await this.#commands.operate(`${work.request}Cancel()`, `${work.key}.cancel`, new Map())
    } catch (error) {
      // Not every command can be cancelled, and it may have ended meanwhile: its end is heard of either way.
      if (!(error instanceof AgentRefusal)) throw error
    }
    return 'asked'
  }

  /** OperationComplete: also before the OperateResp that it belongs to, twice, and of another hub's doing. */
  async operationEnded({ commandKey, commandName, failure }: OperationEnd): Promise<void> {
    const { work } = await this.#store.memory()
    if (work === null || work.key !== commandKey) return
    if (failure !== null) {
      // An agent that has lost power says so of each command it was at: given again when the output comes again.
      if (!this.#sure.has(work.delivery) && failure.code !== commandCanceled) return
      await this.#heard(work)
      return this.#fail(work, failure.code === commandCanceled ? 'cancelled' : errorOf(failure.code), failure.message)
    }
    await this.#heard(work)
    if (work.kind === 'install' && work.role === 'firmware') return this.#imageReady(work, commandName)
    await this.#finish(work)
  }

  /** Boot!: a firmware that was switched to runs now, or it does not. */
  async restarted(): Promise<void> {
    const { work } = await this.#store.memory()
    if (work?.role === 'firmware' && (work.stage === 'activating' || work.stage === 'restarting'))
      await this.#finish(work)
  }

  inventory(): Promise<Inventory> {
    return this.#commands.inventory()
  }

  async #begin(queued: WorkOutput, tries: number): Promise<void> {
    const { output } = queued
    const uuid = await uuidOf(output.service)
    const decision = await this.#commands.decide(queued, uuid)
    if (decision.act === 'decline') return this.decline(queued, decision.reason, decision.detail)
    const work = workOf(queued, uuid, tries)
    if (decision.act === 'done') {
      await this.#store.say(acceptedOf(work))
      return this.#finish(work)
    }
    if (decision.act === 'activate') {
      await this.#store.say(acceptedOf(work))
      return this.#activate({ ...work, target: decision.target })
    }
    const asked = { ...work, target: decision.target }
    // First remembered, then asked: its end may be heard of before its answer, and by another hub.
    await this.#remember(asked, 'asked')
    this.#sure.add(work.delivery)
    await this.#command(queued, asked, decision)
  }

  async #command(
    queued: WorkOutput,
    work: Work,
    { command, args }: Extract<Decision, { act: 'operate' }>,
  ): Promise<void> {
    let answer: CommandAnswer
    try {
      answer = await this.#commands.operate(command, work.key, args)
    } catch (error) {
      if (!(error instanceof AgentRefusal)) throw error
      if (error.code === null) {
        this.#sure.delete(work.delivery)
        throw error
      }
      return work.tries === 1
        ? this.decline(queued, declineReason(error.code), error.message)
        : this.#fail(work, errorOf(error.code), error.message)
    }
    const commanded = { ...work, request: answer.request }
    await this.#store.say(acceptedOf(work))
    await this.#remember(commanded, 'commanded')
    if (answer.request === '') await this.operationEnded({ commandKey: work.key, commandName: command, failure: null })
  }

  /** Its end says that it had begun, where the answer that says so was never heard. */
  async #heard(work: Work): Promise<void> {
    if (work.stage === 'asked') await this.#store.say(acceptedOf(work))
  }

  /** After a lost connection, or on another hub: is it still under way, has it ended, or was it lost? */
  async #resume(queued: WorkOutput, work: Work): Promise<void> {
    const request = await this.#commands.underWay(work.key)
    if (request !== undefined) {
      this.#sure.add(work.delivery)
      await this.#store.say(acceptedOf(work))
      if (work.request !== request)
        await this.#remember({ ...work, request }, work.stage === 'asked' ? 'commanded' : work.stage)
      return
    }
    const inventory = await this.inventory()
    if (holds(inventory, work)) {
      await this.#store.say(acceptedOf(work))
      return this.#finish(work)
    }
    // Whether it has started from the new image, Boot! says.
    if (work.stage === 'restarting') return void this.#sure.add(work.delivery)
    if (work.tries < mostTries) return this.#begin(queued, work.tries + 1)
    await this.#fail(work, 'interrupted', `the device began it ${work.tries} times and never ended it`)
  }

  async #imageReady(work: Work, commandName: string): Promise<void> {
    if (commandName.endsWith('Download()') && this.#commands.can('usp-activate')) {
      const { images } = await this.inventory()
      if (images.find(({ path }) => path === work.target)?.active !== true) return this.#activate(work)
    }
    await this.#restarting(work)
  }

  async #activate(work: Work): Promise<void> {
    const activating = { ...work, key: `${work.key}.activate`, request: '' }
    await this.#remember(activating, 'activating')
    this.#sure.add(work.delivery)
    await this.#store.say(progressOf(activating, 'installing'))
    try {
      const { request } = await this.#commands.operate(`${work.target}Activate()`, activating.key, new Map())
      if (request === '') return await this.#restarting(activating)
      await this.#remember({ ...activating, request }, 'activating')
    } catch (error) {
      if (!(error instanceof AgentRefusal) || error.code === null) throw error
      await this.#fail(activating, errorOf(error.code), error.message)
    }
  }

  /** The image is chosen: it runs after a restart, or at once where the device needs none. */
  async #restarting(work: Work): Promise<void> {
    if (holds(await this.inventory(), work)) return this.#finish(work)
    await this.#remember(work, 'restarting')
    await this.#store.say(progressOf(work, 'restarting'))
  }

  /** What the data model shows now is the outcome. */
  async #finish(work: Work): Promise<void> {
    const inventory = await this.inventory()
    const said = saidOf(inventory, work)
    if (work.kind === 'remove') {
      if (said !== null) return this.#fail(work, 'still-in-place', `${said.by}: it is still there`)
      return this.#end(work, inventory, { result: 'removed', health: { ok: true, detail: '' }, error: '' })
    }
    if (said === null) return this.#fail(work, 'not-in-place', 'the data model does not show it')
    const { unit, by, image } = said
    if (image !== null && work.unit !== null && !sameUnit(unit, work.unit)) {
      const detail = image.bootFailure || `the device runs ${unit.name} ${unit.version} after its restart`
      return this.#end(work, inventory, { result: 'rolled-back', health: { ok: false, detail }, error: 'rolled-back' })
    }
    if (image === null && work.unit !== null && sameUnit(unit, work.unit))
      await this.#commands.takeAway(inventory, work.uuid, unit)
    const health = { ok: true, detail: '' }
    await this.#end(work, inventory, { result: 'installed', reported: { ...unit, by }, health, error: '' })
  }

  async #fail(work: Work, error: string, detail: string): Promise<void> {
    await this.#end(work, null, { result: 'failed', health: { ok: false, detail: detail.slice(0, 500) }, error })
  }

  async #end(
    work: Work,
    inventory: Inventory | null,
    outcome: Pick<Outcome, 'result' | 'reported' | 'health' | 'error'>,
  ): Promise<void> {
    const { delivery, epoch } = work
    const inputs: Input[] = [{ id: `${delivery}-${epoch}-outcome`, kind: 'outcome', delivery, digests: [], ...outcome }]
    if (inventory !== null)
      inputs.push({ id: `${delivery}-${epoch}-inventory`, kind: 'inventory', units: unitsOf(inventory) })
    await this.#store.say(...inputs)
    await this.#forget(work.delivery)
    this.#taken(work.output)
  }

  async #forget(delivery: string): Promise<void> {
    this.#sure.delete(delivery)
    await this.#store.keep(ended(await this.#store.memory(), delivery))
  }

  async #remember(work: Work, stage: Stage): Promise<void> {
    await this.#store.keep(begun(await this.#store.memory(), { ...work, stage }))
  }

  #taken(output: number): void {
    this.#store.host.outputTaken(this.#store.device, output, null)
  }
}
