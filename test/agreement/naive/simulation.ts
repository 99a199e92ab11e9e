import type { JsonObject } from '@sutler/engine'
import { copyOf, waits, type Arrival, type Situation } from './situation.ts'
import { lineOf, type Line, type World } from './line.ts'
import { firedBy, stepOf } from './step.ts'
import { Undone } from './values.ts'

/** Signals due at one instant without end, or more lines than anybody wants to compare. */
export class Endless extends Error {}

/** What one line of a script says, in the order of section 10. */
export type Command =
  | { readonly signal: string; readonly args: JsonObject; readonly id?: string }
  | { readonly advance: number }
  | { readonly task: string; readonly end: { readonly result: JsonObject } | { readonly error: string } }
  | { readonly child: string; readonly end: { readonly done: JsonObject } | { readonly failed: string } }

/** Section 10, word for word: one instance, in virtual time, its lines. */
export class NaiveSimulation {
  readonly world: World
  readonly lines: Line[] = []
  situation: Situation
  now = Date.UTC(2026, 0, 1)
  readonly #bound: number
  #turn = 0
  /** The macrostep under way: how many steps it has, where it began and what with. */
  #steps = 0
  #begin: { situation: Situation; lines: number; head: Arrival } | null = null

  constructor(world: World, bound: number) {
    const { model } = world
    this.world = world
    this.#bound = bound
    this.situation = {
      states: [...new Set(model.initial)].sort(),
      data: { ...model.data },
      shared: { ...model.shared },
      own: [],
      deferred: [],
      ended: [],
      held: [],
      delayed: [],
      running: [],
      children: [],
      answers: {},
      // Section 9, `initially-done`: such an instance is done before its first signal.
      done: model.initial.every((state) => model.final.includes(state)),
    }
  }

  play(command: Command): void {
    this.#turn += 1
    if ('signal' in command) this.#external(command)
    if ('advance' in command) this.#advance(this.now + command.advance)
    if ('task' in command) this.#taskEnds(command)
    if ('child' in command) this.#childEnds(command)
    this.#advance(this.now)
  }

  #external({ signal: type, args, id }: Extract<Command, { signal: string }>): void {
    const signal: Arrival = { type, args, from: 'nobody', ...(id !== undefined && { id }) }
    const answer = id === undefined ? undefined : this.situation.answers[id]
    if (answer) {
      const more = { reason: answer.outcome, fired: answer.fired, args: answer.args }
      this.#print(lineOf(this.situation, { ...signal, type: answer.type }, 'duplicate', more))
    } else this.#macrostep(signal)
    this.#drain()
  }

  #taskEnds({ task, end }: Extract<Command, { task: string }>): void {
    const { running } = this.situation
    const oldest = running.find((each) => each.task === task)
    if (!oldest) throw new RangeError(`no task ${task} is running`)
    this.situation.running = running.filter((each) => each !== oldest)
    const type = 'result' in end ? oldest.done : oldest.failed
    const args = 'result' in end ? end.result : { error: end.error, attempts: oldest.attempts }
    if (type !== undefined) this.#macrostep({ type, args, from: 'nobody', returned: true })
    this.#drain()
  }

  #childEnds({ child: as, end }: Extract<Command, { child: string }>): void {
    const { children } = this.situation
    const child = children.find((each) => each.as === as)
    if (!child) throw new RangeError(`no subinstance ${as} is running`)
    this.situation.children = children.filter((each) => each !== child)
    if (child.wait && !waits(this.situation)) for (const deferred of this.situation.deferred) deferred.stale = true
    const type = 'done' in end ? child.done : child.failed
    const args = 'done' in end ? end.done : { error: end.failed }
    if (type !== undefined) {
      const signal: Arrival = { type, args, from: 'other', returned: true }
      if (child.wait) this.situation.ended.push(signal)
      else this.#macrostep(signal)
    }
    this.#drain()
  }

  #advance(end: number): void {
    for (let turns = 0; ; turns++) {
      const dues = this.situation.delayed.map(({ due }) => due).filter((due) => due <= end)
      if (dues.length === 0) break
      if (turns > this.#bound) throw new Endless()
      const first = this.situation.delayed.find(({ due }) => due === Math.min(...dues))!
      this.situation.delayed = this.situation.delayed.filter((each) => each !== first)
      this.now = Math.max(this.now, first.due)
      this.#turn += 1
      if (first.signal) this.#macrostep(first.signal)
      this.#drain()
    }
    this.now = end
  }

  /** Until nothing is left to do. */
  #drain(): void {
    for (;;) {
      const own = this.situation.own.shift()
      if (own) this.#take(own)
      else if (this.#retried()) continue
      else if (waits(this.situation)) return
      else {
        const next = this.situation.ended.shift() ?? this.situation.held.shift()
        if (!next) return
        this.#macrostep(next)
      }
    }
  }

  /** The oldest deferred signal that fires (or fails) is taken. */
  #retried(): boolean {
    for (const deferred of this.situation.deferred) {
      const { signal, turn } = deferred
      if (!deferred.stale) continue
      if (waits(this.situation) && !this.world.model.signals?.[signal.type]?.urgent) continue
      if (!this.#wouldFire(signal)) {
        deferred.stale = false
        continue
      }
      this.situation.deferred = this.situation.deferred.filter((each) => each !== deferred)
      for (const other of this.situation.deferred) other.stale = true
      if (turn === this.#turn) this.#take(signal)
      else this.#macrostep(signal)
      return true
    }
    return false
  }

  #wouldFire(signal: Arrival): boolean {
    try {
      return firedBy(this.world, this.situation, signal, this.now).length > 0
    } catch (error) {
      if (error instanceof Undone) return true
      throw error
    }
  }

  /** Takes the signal as the first of a count of its own. */
  #macrostep(head: Arrival): void {
    this.#steps = 0
    this.#begin = { situation: copyOf(this.situation), lines: this.lines.length, head }
    this.#take(head)
  }

  #take(signal: Arrival): void {
    this.#steps += 1
    if (this.#steps > this.world.limits.macrostepSteps && this.#begin) {
      const { situation, lines, head } = this.#begin
      this.situation = situation
      this.lines.length = lines
      this.#print(lineOf(situation, head, 'failed', { reason: 'runaway', detail: [] }))
      return
    }
    const { situation, line } = stepOf(this.world, this.situation, signal, this.now, this.#turn)
    this.situation = situation
    const { outcome, fired, args } = line
    if (signal.id !== undefined && outcome !== 'rejected' && outcome !== 'failed')
      situation.answers[signal.id] ??= { type: signal.type, outcome, fired, args }
    this.#print(line)
  }

  #print(line: Line): void {
    this.lines.push(line)
    if (this.lines.length > this.#bound) throw new Endless()
  }
}
