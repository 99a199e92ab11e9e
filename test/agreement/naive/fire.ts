import type { Call, Emit, Json, JsonObject, TaskUse, Transition } from '@sutler/engine'
import { lineOf, scopeOf, type Line, type World } from './line.ts'
import { waits, type Arrival, type Delayed, type Situation } from './situation.ts'
import {
  bytesOf,
  durationOf,
  instantOf,
  instantText,
  inTransition,
  textOf,
  Undone,
  urlParts,
  valueOf,
  type Scope,
} from './values.ts'

/** A step that fires. Its situation is changed as it goes, and thrown away when it is undone. */
interface Firing extends World {
  readonly situation: Situation
  readonly signal: Arrival
  readonly now: number
  readonly line: Line
  /** Delayed signals to subinstances that do not run, or not yet: this step may call them. */
  early: (Delayed & { readonly to: string })[]
}

/** 2.8 to 2.12, in the situation itself. Throws Undone; the situation is then to be thrown away. */
export function fire(
  world: World,
  situation: Situation,
  signal: Arrival,
  fired: readonly Transition[],
  now: number,
): Line {
  const before = situation.states
  const waited = waits(situation)
  const all = fired.some(({ clear }) => clear?.includes('*'))
  const gone = new Set(fired.flatMap(({ from, clear }) => [...from, ...(clear ?? [])]))
  const left = all ? [] : before.filter((state) => !gone.has(state))
  situation.states = [...new Set([...left, ...fired.flatMap(({ to }) => to)])].sort()
  const line = lineOf(situation, signal, 'fired', { fired: fired.map(({ name }) => name) })
  const firing: Firing = { ...world, situation, signal, now, line, early: [] }
  for (const transition of fired) inTransition(transition.name, () => happens(firing, transition))
  for (const { to, ...delayed } of firing.early) {
    if (situation.children.some(({ as }) => to === `child:${as}`)) delay(firing, delayed)
  }
  situation.delayed = situation.delayed.filter((delayed) =>
    delayed.while.every((state) => situation.states.includes(state)),
  )
  if (signal.reply !== undefined && signal.from === 'own')
    situation.own.push({ type: signal.reply, args: line.args, from: 'own', returned: true })
  if (situation.states.join() !== before.join() || (waited && !waits(situation)))
    for (const deferred of situation.deferred) deferred.stale = true
  if (situation.states.every((state) => world.model.final.includes(state))) end(firing)
  return { ...line, states: situation.states, data: situation.data, shared: situation.shared, done: situation.done }
}

function scopeNow({ situation, line, now, ...world }: Firing): Scope {
  return scopeOf(world, situation, line.args, now)
}

/** 2.9 for one fired transition. */
function happens(firing: Firing, made: Transition): void {
  const { limits, situation, line } = firing
  for (const [name, source] of Object.entries(made.args ?? {})) {
    line.args = { ...line.args, [name]: valueOf(source, scopeNow(firing)) }
    if (bytesOf(line.args) > limits.argsBytes) throw new Undone('args-too-large', [])
  }
  for (const [name, source] of Object.entries(made.set ?? {})) {
    situation.data = { ...situation.data, [name]: valueOf(source, scopeNow(firing)) }
    if (bytesOf(situation.data) > limits.dataBytes) throw new Undone('data-too-large', [])
  }
  for (const [name, source] of Object.entries(made.share ?? {})) {
    situation.shared = { ...situation.shared, [name]: valueOf(source, scopeNow(firing)) }
    if (bytesOf(situation.shared) > limits.sharedBytes) throw new Undone('shared-too-large', [])
  }
  situation.delayed = situation.delayed.filter(({ type }) => !made.cancel?.includes(type))
  firing.early = firing.early.filter(({ type }) => !made.cancel?.includes(type))
  for (const use of made.tasks ?? []) startTask(firing, use)
  for (const emit of made.emit ?? []) emits(firing, emit)
  for (const call of made.call ?? []) calls(firing, call)
}

function startTask(firing: Firing, use: TaskUse): void {
  const { situation, line, limits } = firing
  line.tasks.push({ task: use.task, args: argumentsOf(firing, use.args, scopeNow(firing)) })
  situation.running.push({ task: use.task, done: use.done, failed: use.failed, attempts: use.retry?.attempts ?? 1 })
  const signalling = situation.running.filter(({ done, failed }) => done !== undefined || failed !== undefined)
  if (signalling.length > limits.runningTasks) throw new Undone('too-many-tasks', [])
}

/** An expression per argument, none of which sees another's value. */
function argumentsOf(world: World, sources: Readonly<Record<string, string>> | undefined, scope: Scope): JsonObject {
  const values: { [name: string]: Json } = {}
  for (const [name, source] of Object.entries(sources ?? {})) values[name] = valueOf(source, scope)
  if (bytesOf(values) > world.limits.argsBytes) throw new Undone('args-too-large', [])
  return values
}

function emits(firing: Firing, emit: Emit): void {
  const { situation, line, signal, now } = firing
  const scope = scopeNow(firing)
  const args = argumentsOf(firing, emit.args, scope)
  const to = receiver(emit.to ?? 'self', scope)
  const due = dueOf(emit, scope, now)
  line.emitted.push({ signal: emit.signal, to, args, ...(due !== null && { due: instantText(due) }) })
  const who = whoIs(firing, situation, to, signal)
  const sent: Arrival = { type: emit.signal, args, from: 'own', ...(emit.reply !== undefined && { reply: emit.reply }) }
  if (due === null) {
    if (who === 'own') situation.own.push(sent)
    return
  }
  const delayed = { type: emit.signal, due, while: emit.while ?? [], signal: who === 'own' ? sent : null }
  if (who !== 'nobody') delay(firing, delayed)
  else if (to.startsWith('child:')) firing.early.push({ ...delayed, to })
}

function delay({ situation, limits }: Firing, delayed: Delayed): void {
  situation.delayed.push(delayed)
  if (situation.delayed.length > limits.timers) throw new Undone('too-many-timers', [])
}

function whoIs({ model, id }: World, { children }: Situation, to: string, signal: Arrival): Arrival['from'] {
  if (to === 'self') return 'own'
  if (to === 'sender') return signal.from
  if (to === 'parent') return 'nobody'
  const url = urlParts(to)
  if (url) return url.model === model.model && url.id === id ? 'own' : 'other'
  return children.some(({ as }) => to === `child:${as}`) ? 'other' : 'nobody'
}

function receiver(to: string, scope: Scope): string {
  if (to === 'self' || to === 'parent' || to === 'sender') return to
  if (to.startsWith('child:')) return `child:${textOf(to.slice('child:'.length), scope)}`
  const whole = /^\{[^{}]*\}$/.test(to)
  const url = textOf(to, scope, whole ? undefined : encodeURIComponent)
  if (!urlParts(url)) throw new Undone('bad-url', [])
  return url
}

function dueOf({ after, at }: Emit, scope: Scope, now: number): number | null {
  if (after !== undefined) {
    const source = /^\{.*\}$/.test(after) ? after.slice(1, -1) : after
    const value = durationOf(after) === null ? valueOf(source, scope) : after
    const delay = typeof value === 'string' ? durationOf(value) : null
    if (delay === null) throw new Undone('bad-value', [source])
    return now + delay
  }
  if (at === undefined) return null
  const value = valueOf(at, scope)
  const instant = typeof value === 'string' ? instantOf(value) : null
  if (instant === null) throw new Undone('bad-value', [at])
  return instant
}

function calls(firing: Firing, call: Call): void {
  const { situation, line, limits } = firing
  const scope = scopeNow(firing)
  const url = urlParts(textOf(call.url, scope, encodeURIComponent))
  if (!url) throw new Undone('bad-url', [])
  const as = textOf(call.as, scope)
  // The instance itself was not called.
  if (limits.callDepth < 1) throw new Undone('too-deep', [])
  const args = argumentsOf(firing, call.args, scope)
  const whom = `${url.model}/${url.id}`
  for (const child of situation.children) {
    if ((child.as === as) !== (child.whom === whom)) throw new Undone('child-name-taken', [])
  }
  const wait = call.wait ?? false
  const others = situation.children.filter((child) => child.as !== as)
  situation.children = [...others, { as, whom, wait, done: call.done, failed: call.failed }]
  if (situation.children.length > limits.children) throw new Undone('too-many-children', [])
  const query = Object.entries(args).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(JSON.stringify(value))}`,
  )
  const address = `model:${url.model}${url.version}/${encodeURIComponent(url.id)}`
  line.calls.push({ url: query.length > 0 ? `${address}?${query.join('&')}` : address, as, wait })
}

/** 2.11 */
function end(firing: Firing): void {
  const { situation, model } = firing
  for (const source of Object.values(model.returns ?? {})) valueOf(source, scopeNow(firing))
  situation.done = true
  situation.delayed = []
  situation.held = []
  situation.deferred = []
  situation.ended = []
  situation.running = []
  situation.children = []
}
