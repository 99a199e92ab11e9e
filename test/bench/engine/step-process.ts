import { performance } from 'node:perf_hooks'
import { compileModel, start, take, type Instance } from '@sutler/engine'
import { assign, createActor, createMachine } from 'xstate'
import { serveParent } from '../bench-process.ts'
import { countAfter, parallelModel, regions, signals } from './parallel.ts'

/** Pure steps, alone in a process: documents are compiled and states kept; nothing is stored or sent. */
export type StepQuestion = { readonly do: 'step'; readonly side: Side; readonly milliseconds: number }

export type Side = 'own' | 'ownGuarded' | 'xstate' | 'xstateGuarded' | 'bare'

/** Sends one signal. @returns what has been counted so far */
type Sender = (type: string) => number

/** Signals between two looks at the clock. */
const burst = 1_000
const sides: Readonly<Record<Side, () => Sender>> = {
  own: () => own(),
  ownGuarded: () => own('data.n >= 0 && size(states) == 3'),
  xstate: () => xstate(false),
  xstateGuarded: () => xstate(true),
  bare,
}

/** → steps per second */
serveParent(async ({ side, milliseconds }: StepQuestion): Promise<number> => {
  const send = sides[side]()
  const begin = performance.now()
  let sent = 0
  let counted = 0
  let elapsed = 0
  while (elapsed < milliseconds) {
    for (let n = 0; n < burst; n++) counted = send(signals[n % signals.length]!)
    sent += burst
    elapsed = performance.now() - begin
  }
  if (counted !== countAfter(sent)) throw new RangeError(`${side} counted ${counted} of ${countAfter(sent)}`)
  return (sent * 1_000) / elapsed
})

/** The whole step of engine.md sections 2.2 to 2.12 with its record, as the hub uses it. */
function own(when?: string): Sender {
  const compiled = compileModel(parallelModel(when))
  let instance: Instance = start(compiled, { id: 'p1' })
  let id = 0
  return (type) => {
    const signal = { id: `s${id++}`, type, args: {}, from: 'external' }
    ;({ instance } = take(compiled, instance, {}, signal, 1_750_000_000_000))
    return instance.data['n'] as number
  }
}

/** XState 5: one actor, sent to. Its guard is a function, where ours is an expression. */
function xstate(guarded: boolean): Sender {
  const guard = { guard: ({ context }: { context: { n: number } }) => context.n >= 0 }
  const count = assign({ n: ({ context }: { context: { n: number } }) => context.n + 1 })
  const to = (target: string) => ({ target, actions: count, ...(guarded ? guard : {}) })
  const region = ([name, [one, other]]: readonly [string, readonly [string, string]]) => {
    const states = {
      [one]: { on: { [name]: to(other), all: to(other) } },
      [other]: { on: { [name]: to(one), all: to(one) } },
    }
    return [name, { initial: one, states }] as const
  }
  const machine = createMachine({
    types: {} as { context: { n: number }; events: { type: string } },
    type: 'parallel',
    context: { n: 0 },
    states: Object.fromEntries(Object.entries(regions).map(region)),
  })
  const actor = createActor(machine).start()
  return (type) => {
    actor.send({ type })
    return actor.getSnapshot().context.n
  }
}

interface Kept {
  states: string[]
  readonly data: { n: number }
  steps: number
}

/** The same change by hand: the stored text parsed, the transitions that a table gives fired, the text made again. */
function bare(): Sender {
  const moves = new Map<string, readonly (readonly [string, string])[]>()
  for (const [name, [one, other]] of Object.entries(regions)) {
    for (const on of [name, 'all']) moves.set(on, [...(moves.get(on) ?? []), [one, other]])
  }
  const states = Object.values(regions).map(([first]) => first)
  let text = JSON.stringify({
    id: 'p1',
    model: 'parallel',
    version: '1.0.0',
    states: states.sort(),
    data: { n: 0 },
    steps: 0,
  })
  return (type) => {
    const kept = JSON.parse(text) as Kept
    for (const [one, other] of moves.get(type) ?? []) {
      const at = kept.states.findIndex((state) => state === one || state === other)
      kept.states[at] = kept.states[at] === one ? other : one
      kept.data.n += 1
    }
    kept.states.sort()
    kept.steps += 1
    text = JSON.stringify(kept)
    return kept.data.n
  }
}
