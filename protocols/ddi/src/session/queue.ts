import type { Input, Output, QueuedOutput } from '@sutler/device-model'
import { withAction, withoutAction, type Action, type CancelReason, type Memory } from './memory.ts'
import type { Settings } from './terms.ts'
import type { Work } from './work.ts'

/** An output that is done with. */
export interface Taken {
  readonly id: number
  readonly error: string | null
}

/** What the hub wants of a device at this moment, sorted out. */
export interface Wanted {
  readonly memory: Memory
  /** Installs that the device has not been shown, oldest first. */
  readonly next: readonly { readonly id: number; readonly work: Work }[]
  /** Outputs that ask what the device is. */
  readonly asked: readonly number[]
  readonly taken: readonly Taken[]
  readonly inputs: readonly Input[]
}

/** Sorts the open outputs of a device, oldest first, into what it remembers. Pure. */
export function sortQueue(memory: Memory, outputs: readonly QueuedOutput[], settings: Settings, now: number): Wanted {
  const sorting = new Sorting(letGo(memory, settings, now), now)
  for (const { id, output } of outputs) sorting.take(id, output)
  return sorting
}

/** A device that does not answer to cancelAction would never be given anything else. */
function letGo(memory: Memory, { cancelPatience }: Settings, now: number): Memory {
  const left = memory.actions.filter(({ cancel }) => cancel && !cancel.refused && now - cancel.since >= cancelPatience)
  return left.reduce((kept, { id }) => withoutAction(kept, id), memory)
}

class Sorting implements Wanted {
  memory: Memory
  next: { id: number; work: Work }[] = []
  readonly asked: number[] = []
  readonly taken: Taken[] = []
  readonly inputs: Input[] = []
  readonly #now: number

  constructor(memory: Memory, now: number) {
    this.memory = memory
    this.#now = now
  }

  take(id: number, output: Output): void {
    switch (output.kind) {
      case 'install':
        return this.#install(id, output)
      case 'cancel':
        return this.#cancel(id, output.delivery)
      case 'query-capabilities':
        this.asked.push(id)
        return
      case 'ping':
        this.taken.push({ id, error: null })
        this.inputs.push({ id: `ping.${id}`, kind: 'pong' })
    }
  }

  #install(id: number, work: Work): void {
    const open = this.memory.actions.find((action) => action.work.delivery === work.delivery)
    if (open) return this.#again(id, open)
    if (work.epoch <= (this.memory.epochs[work.service] ?? -1)) return this.#overtaken(id, work)
    const rival = this.next.find((each) => each.work.service === work.service)
    // The same once more: it was offered anew while the first offer was still in the queue.
    if (rival?.work.delivery === work.delivery) return void this.taken.push({ id, error: null })
    if (rival && rival.work.epoch >= work.epoch) return this.#overtaken(id, work)
    if (rival) this.#overtaken(rival.id, rival.work)
    this.next = [...this.next.filter((each) => each !== rival), { id, work }]
    for (const action of this.memory.actions.filter((each) => each.work.service === work.service))
      this.#stop(action, 'superseded')
  }

  /** The hub offers once more what the device has in hand. */
  #again(id: number, open: Action): void {
    this.taken.push({ id, error: null })
    if (open.id !== id && open.stage !== null)
      this.inputs.push({ id: `again.${id}`, kind: 'accepted', delivery: open.work.delivery })
  }

  #overtaken(id: number, { delivery }: Work): void {
    this.taken.push({ id, error: null })
    // The device has closed it, and will yet say what it runs.
    if (this.memory.unproved.some(({ work }) => work.delivery === delivery)) return
    this.inputs.push({
      id: `overtaken.${id}`,
      kind: 'declined',
      delivery,
      reason: 'superseded',
      detail: 'not shown any more',
    })
  }

  #cancel(id: number, delivery: string): void {
    this.taken.push({ id, error: null })
    const open = this.memory.actions.find((action) => action.work.delivery === delivery)
    if (open) this.#stop(open, 'cancelled')
    const unseen = this.next.filter((each) => each.work.delivery === delivery)
    this.next = this.next.filter((each) => each.work.delivery !== delivery)
    for (const each of unseen) {
      this.taken.push({ id: each.id, error: null })
      this.inputs.push(cancelledOutcome(`cancelled.${each.id}`, delivery, 'cancelled before the device had seen it'))
    }
  }

  /** An action that the device will not stop for one reason is asked about again for another. */
  #stop(action: Action, reason: CancelReason): void {
    if (action.cancel?.reason === reason || (action.cancel && !action.cancel.refused)) return
    this.memory = withAction(this.memory, { ...action, cancel: { reason, since: this.#now, refused: false } })
  }
}

/** The device has given up a delivery, as it was asked to. */
export function cancelledOutcome(id: string, delivery: string, detail: string): Input {
  return {
    id,
    kind: 'outcome',
    delivery,
    result: 'failed',
    digests: [],
    health: { ok: false, detail },
    error: 'cancelled',
  }
}
