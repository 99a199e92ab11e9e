import * as fc from 'fast-check'
import type { Meanings } from './scxml-interpreter.ts'

export const events = ['e', 'f', 'g']
const expressions: Meanings = new Map([
  ['1', () => 1],
  ['n + 1', ({ n = 0 }) => n + 1],
  ['n + k', ({ n = 0, k = 0 }) => n + k],
  ['k - n', ({ n = 0, k = 0 }) => k - n],
])
const conditions: Meanings = new Map<
  string,
  (data: Readonly<Record<string, number>>, isIn: (id: string) => boolean) => boolean
>([
  ['n < 3', ({ n = 0 }) => n < 3],
  ['n > k', ({ n = 0, k = 0 }) => n > k],
  ["In('s1')", (_, isIn) => isIn('s1')],
  ["!In('s3')", (_, isIn) => !isIn('s3')],
  ["In('s2') || n == 0", ({ n = 0 }, isIn) => isIn('s2') || n === 0],
])
export const meanings: Meanings = new Map([...expressions, ...conditions])

interface Shape {
  readonly kind: 'state' | 'parallel' | 'final'
  readonly children: readonly Shape[]
}

const final: Shape = { kind: 'final', children: [] }
const shapes = fc.letrec<{ state: Shape; atomic: Shape; compound: Shape; parallel: Shape }>((tie) => ({
  state: fc.oneof({ maxDepth: 2, withCrossShrink: true }, tie('atomic'), tie('compound'), tie('parallel')),
  atomic: fc.constant<Shape>({ kind: 'state', children: [] }),
  compound: fc
    .tuple(fc.array(tie('state'), { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([children, ends]): Shape => ({ kind: 'state', children: ends ? [...children, final] : children })),
  parallel: fc
    .array(tie('state'), { minLength: 2, maxLength: 3 })
    .map((children): Shape => ({ kind: 'parallel', children })),
}))

const action = fc.oneof(
  fc.constantFrom(...events).map((event) => `<raise event="${event}"/>`),
  fc.constantFrom(...events).map((event) => `<send event="${event}"/>`),
  fc
    .tuple(fc.constantFrom('n', 'k'), fc.constantFrom(...expressions.keys()))
    .map(([name, expr]) => `<assign location="${name}" expr="${expr}"/>`),
)
const block = fc.array(action, { maxLength: 2 }).map((actions) => actions.join(''))
const seldom = fc.oneof({ weight: 5, arbitrary: fc.constant('') }, { weight: 1, arbitrary: block })

interface Parts {
  readonly event: string
  readonly cond: string
  readonly target: number
  readonly internal: boolean
  readonly content: string
}

const parts: fc.Arbitrary<Parts> = fc.record({
  event: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...events) },
    { weight: 1, arbitrary: fc.constantFrom('', 'done.state') },
  ),
  cond: fc.oneof(
    { weight: 3, arbitrary: fc.constant('') },
    { weight: 2, arbitrary: fc.constantFrom(...conditions.keys()) },
  ),
  target: fc.integer({ min: -1, max: 20 }),
  internal: fc.boolean(),
  content: seldom,
})
const dressing = fc.record({ onentry: seldom, onexit: seldom, transitions: fc.array(parts, { maxLength: 3 }) })

/** Documents of nested and parallel states with transitions between any of them. */
export const randomScxml: fc.Arbitrary<string> = fc
  .tuple(fc.array(shapes.state, { minLength: 2, maxLength: 3 }), fc.array(dressing, { minLength: 24, maxLength: 24 }))
  .map(([top, dressings]) => {
    const names = top.flatMap(numbered({ next: 1 }))
    const ids = names.flatMap(idsOf)
    const states = names.map((state) => written(state, ids, dressings)).join('')
    const data = '<datamodel><data id="n" expr="0"/><data id="k" expr="1"/></datamodel>'
    return `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="cel">${data}${states}<final id="end"/></scxml>`
  })

interface Numbered extends Shape {
  readonly number: number
  readonly children: readonly Numbered[]
}

function numbered(counter: { next: number }): (shape: Shape) => Numbered[] {
  return (shape) => {
    const number = counter.next
    counter.next += 1
    return [{ kind: shape.kind, number, children: shape.children.flatMap(numbered(counter)) }]
  }
}

function idsOf({ number, children }: Numbered): string[] {
  return [`s${number}`, ...children.flatMap(idsOf)]
}

type Dressing = { readonly onentry: string; readonly onexit: string; readonly transitions: readonly Parts[] }

function written({ kind, number, children }: Numbered, ids: readonly string[], dressings: readonly Dressing[]): string {
  const { onentry = '', onexit = '', transitions = [] } = dressings[number % dressings.length] ?? {}
  const blocks = `${onentry === '' ? '' : `<onentry>${onentry}</onentry>`}${onexit === '' ? '' : `<onexit>${onexit}</onexit>`}`
  const moves = kind === 'final' ? '' : transitions.map((each) => transitionText(each, ids)).join('')
  return `<${kind} id="s${number}">${blocks}${moves}${children.map((child) => written(child, ids, dressings)).join('')}</${kind}>`
}

function transitionText({ event, cond, target, internal, content }: Parts, ids: readonly string[]): string {
  const all = [...ids, 'end']
  const to = target < 0 ? '' : ` target="${all[target % all.length]}"`
  const on = event === '' ? '' : ` event="${event}"`
  const when = cond === '' ? '' : ` cond="${cond.replace(/&/g, '&amp;').replace(/</g, '&lt;')}"`
  return `<transition${on}${when}${to}${internal ? ' type="internal"' : ''}>${content}</transition>`
}
