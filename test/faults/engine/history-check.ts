import type { JsonObject } from '@sutler/engine'
import type { Tried } from './ledger.ts'
import type { Entry, Short, StoredInstance } from './stored.ts'
import type { World } from './world.ts'

/** Counters in the data of a model's instances → the transition that counts them. */
const counters: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  account: { count: 'note', echoes: 'echo', thanked: 'thanks', woken: 'wake', stirred: 'stir' },
  till: { count: 'note', booked: 'booked' },
  tally: { count: 'note' },
  clerk: { begun: 'note', count: 'called' },
  boss: { ends: 'kid' },
}

/** Outcomes after which the same signal comes once more. */
const waits = new Set(['held', 'deferred'])

/** Goes through one instance's history, oldest first, and finds what must not be in it. */
export class HistoryCheck {
  readonly #url: string
  readonly #tried: ReadonlyMap<string, Tried>
  readonly #world: World
  #entries = 0
  #steps = 0
  /** Signal id → its latest outcome. */
  readonly #outcomes = new Map<string, string>()
  /** Id → when it is due. */
  readonly #timers = new Map<string, number>()
  readonly #fired = new Map<string, number>()
  /** Sender → the number of its latest signal; of those that came, and of those that fired. */
  readonly #came = new Map<string, number>()
  readonly #took = new Map<string, number>()

  constructor(url: string, tried: ReadonlyMap<string, Tried>, world: World) {
    this.#url = url
    this.#tried = tried
    this.#world = world
  }

  take(entry: Entry): void {
    const { outcome, step } = entry.body
    this.#entries = this.#next('entry', this.#entries, entry.entry)
    if (outcome === 'operated') return this.#world.moved(String(entry.body.args?.['migration']))
    if (outcome !== 'rejected') this.#steps = this.#next('step', this.#steps, step)
    if (outcome === 'rejected' || outcome === 'failed')
      this.#wrong(`${entry.type} ${entry.signal}: ${outcome}, ${entry.body.reason}: ${entry.body.detail}`)
    this.#follow(entry)
    if (outcome === 'fired') this.#count(entry)
    for (const effect of entry.body.effects ?? []) this.#effect(effect)
  }

  #next(what: string, before: number, number: number): number {
    if (number !== before + 1) this.#wrong(`${what} ${number} comes after ${what} ${before}`)
    return number
  }

  /** Each signal is taken once; one that has waited, once more. */
  #follow(entry: Entry): void {
    const { signal, type, body } = entry
    const before = this.#outcomes.get(signal)
    this.#outcomes.set(signal, body.outcome)
    if (before === undefined) this.#first(entry)
    else if (!waits.has(before)) this.#wrong(`${type} ${signal} was taken twice: ${before}, then ${body.outcome}`)
    if (entry.outside && body.outcome === 'fired') this.#inOrder(signal, this.#took, 'fired')
  }

  #first(entry: Entry): void {
    const { signal, type, at } = entry
    const due = this.#timers.get(signal)
    if (due !== undefined) {
      this.#timers.delete(signal)
      this.#world.timers++
      if (at < due) this.#wrong(`${type} ${signal} came ${due - at} ms early`)
    } else if (!entry.outside) this.#world.arrived(signal)
    else {
      const tried = this.#tried.get(signal)
      if (!tried) return this.#wrong(`${type} ${signal}: nobody sent it, or its sender undid that`)
      this.#inOrder(signal, this.#came, 'came')
      if (tried.answer) this.#compare(entry, tried.answer)
    }
  }

  #inOrder(signal: string, latest: Map<string, number>, how: string): void {
    const tried = this.#tried.get(signal)
    if (!tried) return
    const { sender, n, torn } = tried
    const before = latest.get(sender) ?? -1
    latest.set(sender, Math.max(before, n))
    if (n < before && !torn) this.#wrong(`signal ${n} of ${sender} ${how} after its ${before}`)
  }

  /** What the sender was told is what history says. */
  #compare({ signal, type, body }: Entry, answer: NonNullable<Tried['answer']>): void {
    const told = JSON.stringify([answer.outcome, answer.fired, answer.states, answer.args])
    const kept = JSON.stringify([body.outcome, body.fired ?? [], body.states, body.args ?? {}])
    if (told !== kept) this.#wrong(`${type} ${signal} was answered ${told}, but history says ${kept}`)
  }

  #count({ body }: Entry): void {
    for (const name of body.fired ?? []) this.#fired.set(name, (this.#fired.get(name) ?? 0) + 1)
    this.#world.fired(this.#url, body.fired ?? [], body.args ?? {})
  }

  #effect(effect: Short): void {
    if ('due' in effect) this.#timers.set(effect.id, effect.due)
    else if ('signal' in effect) this.#world.emitted(effect.id)
    else if ('unset' in effect) this.#timers.delete(effect.unset)
    else if ('dropped' in effect) this.#timers.delete(effect.id)
    else if ('task' in effect) this.#world.started(effect.task, effect.key)
  }

  end(row: StoredInstance): void {
    const { entries, steps, attention, pending, data } = row
    if (entries !== this.#entries) this.#wrong(`it has had ${entries} entries, the last one there is ${this.#entries}`)
    if (steps !== this.#steps) this.#wrong(`it counts ${steps} steps, the last one there is ${this.#steps}`)
    if (attention !== null) this.#wrong(`it is flagged: ${attention}`)
    for (const name of ['children', 'ended', 'held', 'deferred', 'timers', 'tasks'])
      if (pending[name] !== undefined) this.#wrong(`it still has ${name}: ${JSON.stringify(pending[name])}`)
    for (const [id, due] of this.#timers) this.#wrong(`${id}, due ${new Date(due).toISOString()}, never came`)
    for (const [id, { type, answer, committed }] of this.#tried)
      if (!this.#outcomes.has(id))
        this.#wrong(`${type} ${id} is lost: ${answer ? 'answered' : committed ? 'committed' : 'tried'}`)
    for (const [id, outcome] of this.#outcomes) if (waits.has(outcome)) this.#wrong(`${id} is ${outcome} for ever`)
    this.#compareData(row.model, data)
  }

  #compareData(model: string, data: JsonObject): void {
    for (const [name, transition] of Object.entries(counters[model] ?? {})) {
      const fired = this.#fired.get(transition) ?? 0
      if (data[name] !== fired)
        this.#wrong(`its ${name} is ${JSON.stringify(data[name])}, but ${transition} fired ${fired} times`)
    }
    if (model === 'boss' && JSON.stringify(data['notes']) !== '[0,1,2]')
      this.#wrong(`it has taken the notes ${JSON.stringify(data['notes'])}`)
  }

  #wrong(what: string): void {
    this.#world.wrong(`${this.#url}: ${what}`)
  }
}
