import { attempt, type Mutable, noDuplicate, readFlag, readList } from './clauses.ts'
import type { Cursor } from './cursor.ts'
import { clipped } from './source.ts'
import type { Name, ParameterNode, SignalNode, Text } from './tree.ts'
import { types } from './words.ts'

/** `name(arg: type, …) urgent deferrable`, several with commas between. */
export function readSignals(cursor: Cursor, into: SignalNode[], before: Map<string, Name>): void {
  do {
    if (cursor.done && into.length > 0) break
    const name = cursor.name('signal', true)
    noDuplicate(cursor, name, before, 'signal')
    const node: Mutable<SignalNode> = { range: name.range, name }
    into.push(node)
    attempt(() => readParameters(cursor, node))
    readFlags(cursor, node)
    node.range = cursor.rangeFrom(name.range.start.offset)
  } while (cursor.mark(',', 'separator'))
}

function readFlags(cursor: Cursor, node: Mutable<SignalNode>): void {
  while (!cursor.done && cursor.character !== ',') {
    const at = cursor.at
    const [word, flag] = readFlag(cursor, ['urgent', 'deferrable'])
    const key = word === 'urgent' ? 'urgent' : 'deferrable'
    if (node[key] !== undefined) cursor.fail('duplicate-clause', at, at + word.length, `${word} stands twice here`)
    node[key] = flag
  }
}

function readParameters(cursor: Cursor, node: Mutable<SignalNode>): void {
  const start = cursor.at
  const parameters: ParameterNode[] = []
  const before = new Map<string, Name>()
  const read = readList(cursor, () => {
    const name = cursor.name('argument', true)
    noDuplicate(cursor, name, before, 'argument')
    const parameter: Mutable<ParameterNode> = { range: name.range, name }
    parameters.push(parameter)
    cursor.require(':', 'joined')
    parameter.type = readType(cursor)
    parameter.range = cursor.rangeFrom(name.range.start.offset)
  })
  if (read) node.args = { range: cursor.rangeFrom(start), parameters }
}

const typeName = /[A-Za-z][A-Za-z0-9_-]*\??/y

function readType(cursor: Cursor): Text {
  const text = cursor.text(`a type: ${types.join(', ')}`, typeName)
  const bare = text.value.replace(/\?$/, '')
  if (!(types as readonly string[]).includes(bare)) {
    const { start, end } = text.range
    const message = `unknown type ${clipped(bare)}, expected one of ${types.join(', ')}`
    cursor.source.error('unknown-type', start.offset, end.offset, message, {
      expected: types,
      found: bare,
      known: types,
    })
  }
  return text
}
