import * as fc from 'fast-check'
import { writtenName } from '../writing.ts'

/** Something that has a name in a random pattern. */
export interface NamedThing {
  readonly kind: 'state' | 'signal' | 'argument' | 'data' | 'shared' | 'child' | 'model' | 'result'
  /** Of an argument: its signal, by number. */
  readonly of?: number
}

/** Texts and symbols one after the other. A symbol is a number, with how it is written. */
type Piece = string | { readonly symbol: number; readonly as: 'name' | 'plain' }

export interface RandomPattern {
  readonly symbols: readonly NamedThing[]
  readonly pieces: readonly Piece[]
}

/** The text when the symbols have these names. */
export function textOf({ pieces }: RandomPattern, names: readonly string[]): string {
  const written = ({ symbol, as }: Exclude<Piece, string>): string =>
    as === 'name' ? writtenName(names[symbol]!) : names[symbol]!
  return pieces.map((piece) => (typeof piece === 'string' ? piece : written(piece))).join('')
}

/** Names that are no more like one another than need be: words of the language and variables of expressions among them. */
export const someNames = [
  'a',
  'b',
  'x1',
  'any',
  'on',
  'done',
  'when',
  'data',
  'args',
  'states',
  'self',
  'call',
  'kid',
  'id',
]

const symbols: readonly NamedThing[] = [
  { kind: 'model' },
  { kind: 'state' },
  { kind: 'state' },
  { kind: 'state' },
  { kind: 'signal' },
  { kind: 'signal' },
  { kind: 'argument', of: 4 },
  { kind: 'argument', of: 4 },
  { kind: 'argument', of: 5 },
  { kind: 'data' },
  { kind: 'data' },
  { kind: 'shared' },
  { kind: 'child' },
  { kind: 'result' },
]

const stateNumbers = [1, 2, 3] as const
const dataNumbers = [9, 10] as const
const [model, first, second, shared, child, result] = [0, 4, 5, 11, 12, 13]
const [firstArgument, otherArgument, secondArgument] = [6, 7, 8]

const name = (symbol: number): Piece => ({ symbol, as: 'name' })
const plain = (symbol: number): Piece => ({ symbol, as: 'plain' })

/** A text with symbols in it. */
function line(texts: TemplateStringsArray, ...values: readonly (Piece | readonly Piece[])[]): Piece[] {
  return texts.flatMap((text, index) => [text, ...[values[index] ?? []].flat()])
}

const state = fc.constantFrom(...stateNumbers)
const datum = fc.constantFrom(...dataNumbers)

/** Something that is true or false; all that looks like a name in it but is none has to stay. */
const condition = fc.oneof(
  state.map((at) => line`"${plain(at)}" in states`),
  state.map((at) => line`!('${plain(at)}' in states)`),
  datum.map((at) => line`data.${plain(at)} > 1`),
  datum.map((at) => line`data["${plain(at)}"] == "a"`),
  datum.map((at) => line`has(data.${plain(at)})`),
  datum.map((at) => line`[1].exists(data, data == 1) && data . ${plain(at)} == 1`),
  datum.map((at) => line`data.${plain(at)}.a == 1 && call.a == call.b`),
  fc.constant(line`shared.${plain(shared)} == "data.a"`),
  fc.constant(line`"a" + "b" == id`),
)

const spaces = fc.constantFrom('', ' ', '  // data.a and "a" in states')

/** A transition on the first signal, in whose body everything is used. */
const transition = fc
  .record({
    from: state.map((at) => name(at)),
    to: state.map((at) => name(at)),
    guard: condition,
    other: condition,
    value: datum,
    end: spaces,
    quote: fc.constantFrom('"', ''),
  })
  .map(({ from, to, guard, other, value, end, quote }) => {
    const read = plain(value)
    return [
      line`on ${name(first)}: ${from} clear ${to} -> ${to} as "a" when ${guard}${end}\n`,
      line`  args ${name(firstArgument)} = args.${plain(firstArgument)} + args.${plain(otherArgument)}\n`,
      line`  set ${name(value)} = ${other} ? data.${read} : "a"\n`,
      line`  share ${name(shared)} = cel "data[\\"${read}\\"]"${end}\n`,
      line`  cancel ${name(second)}\n`,
      line`  task a.b(a: data.${read}) done ${name(second)} failed ${name(first)}\n`,
      line`  emit ${name(second)}(${name(secondArgument)}: args.${plain(firstArgument)}) after 1m while ${to}\n`,
      line`  emit a(b: data.${read}) to child:${plain(child)} reply ${name(second)}\n`,
      line`  call ${quote}model:${plain(model)}/a-{data.${read}}${quote}(a: 1) as a-{id}\n`,
      line`  call model:another/a as ${plain(child)}\n`,
    ].flat()
  })

/** A pattern with names of every kind in every kind of place, comments and texts that only look like them between. */
export const randomPattern: fc.Arbitrary<RandomPattern> = fc
  .record({
    transitions: fc.array(transition, { minLength: 1, maxLength: 3 }),
    below: fc.constantFrom(' ', '\n  '),
    end: spaces,
  })
  .map(({ transitions, below, end }) => {
    const [firstState, secondState, lastState] = stateNumbers
    const [firstDatum, secondDatum] = dataNumbers
    const pieces = [
      line`// data.a\nmodel ${name(model)} 1.0.0 "a b"${end}\n`,
      line`shared${below}${name(shared)} = {"a": "data.a"}\n`,
      line`data\n  ${name(firstDatum)} = "a"\n  ${name(secondDatum)} = ["b"]\n`,
      line`states${below}${name(firstState)} (initial), ${name(secondState)}, ${name(lastState)} (final)\n`,
      line`signal${below}${name(first)}(${name(firstArgument)}: any, ${name(otherArgument)}: string?)\n`,
      line`signal ${name(second)}(${name(secondArgument)}: any?) urgent${end}\n`,
      ...transitions,
      line`on ${name(second)}: any -> ${name(lastState)} when "a" == args.${plain(secondArgument)}\n`,
      line`returns${below}${name(result)} = data.${plain(firstDatum)}\n`,
    ].flat()
    return { symbols, pieces }
  })
