import { attempt, type Mutable, readNames } from './clauses.ts'
import type { Cursor } from './cursor.ts'
import { readExpression } from './expressions.ts'
import type { BodyNode, TransitionNode } from './tree.ts'

export type OpenTransition = Mutable<Omit<TransitionNode, 'body'>> & { readonly body: BodyNode[] }

/** Reads `on signal: a, b clear c -> d as "name" when CEL`; its body is added statement by statement. */
export function readHead(cursor: Cursor): OpenTransition {
  const start = cursor.at
  const range = cursor.rangeFrom(start)
  const node: OpenTransition = { kind: 'transition', range, headRange: range, body: [] }
  cursor.accept('on')
  attempt(() => {
    node.on = cursor.name('signal')
    readColon(cursor, node.on.value)
    node.from = readNames(cursor, 'state', true)
    readClear(cursor, node)
    readArrow(cursor)
    node.to = readNames(cursor, 'state')
    while (!cursor.done) {
      if (node.name === undefined && cursor.accept('as', 'clause') !== null) node.name = cursor.text('"name"', bareName)
      else if (node.when === undefined && cursor.accept('when', 'clause') !== null) node.when = readExpression(cursor)
      else cursor.unexpected([',', ...(node.name ? [] : ['as']), ...(node.when ? [] : ['when'])], ['as', 'when'])
    }
  })
  node.range = cursor.rangeFrom(start)
  node.headRange = node.range
  return node
}

const bareName = /[A-Za-z][A-Za-z0-9_-]*/y

function readColon(cursor: Cursor, signal: string): void {
  if (cursor.mark(':', 'joined')) return
  const { start, end } = cursor.tokens.at(-1)!
  if (cursor.done) cursor.unexpected([':'])
  cursor.source.error('missing-colon', start, end, `a colon is missing after ${signal}`, { expected: [':'] })
}

/** `any` alone takes everything; with states before it, it is written `a clear any`. */
function readClear(cursor: Cursor, node: OpenTransition): void {
  const from = node.from!
  const everything = from.names.find(({ kind }) => kind === 'any')
  const start = cursor.at
  if (cursor.accept('clear', 'clause') !== null) node.clear = readNames(cursor, 'state', true)
  if (everything === undefined || (from.names.length === 1 && node.clear === undefined)) return
  const [begin, end] =
    node.clear === undefined ? [everything.range.start.offset, everything.range.end.offset] : [start, start + 5]
  cursor.fail(
    'unexpected',
    begin,
    end,
    'any stands alone before ->; with states that have to be current: a clear any',
    {
      expected: ['clear any'],
    },
  )
}

function readArrow(cursor: Cursor): void {
  if (cursor.mark('->', 'clause')) return
  const start = cursor.at
  const other = /^(?:-{2,}>|=+>|→|⇒|–>|>)/.exec(cursor.source.text.slice(start, cursor.end))?.[0]
  if (other === undefined) cursor.unexpected([',', 'clear', '->'])
  const message = `the arrow is written ->, not ${other}`
  cursor.source.error('bad-arrow', start, start + other.length, message, { expected: ['->'] })
  cursor.take('word', start + other.length)
}
