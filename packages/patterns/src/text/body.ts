import { attempt, type Mutable, readArguments, readAssignment, readClauses, readFixedDuration } from './clauses.ts'
import { readNames, readQuantity } from './clauses.ts'
import type { Cursor } from './cursor.ts'
import { readExpression } from './expressions.ts'
import { readTemplate } from './templates.ts'
import type { BodyNode, CallNode, EmitNode, RetryNode, TaskNode } from './tree.ts'
import type { BodyWord } from './words.ts'

/** Reads a statement of a transition's body whose first word is `word`. Null when nothing of it can be read. */
export function readBody(cursor: Cursor, word: BodyWord): BodyNode | null {
  const start = cursor.at
  cursor.accept(word)
  let node: BodyNode | null = null
  attempt(() => {
    node = nothing(cursor, word) ? { kind: 'nothing', of: word, range: cursor.rangeFrom(start) } : null
    if (node === null) node = readers[word](cursor, start, word)
  })
  return node
}

type Reader = (cursor: Cursor, start: number, word: BodyWord) => BodyNode | null

const readers: Readonly<Record<BodyWord, Reader>> = {
  args: assign,
  set: assign,
  share: assign,
  cancel: (cursor, start) => {
    const signals = readNames(cursor, 'signal')
    cursor.finish([','])
    return { kind: 'cancel', range: cursor.rangeFrom(start), signals }
  },
  task: readTask,
  emit: readEmit,
  call: readCall,
}

/** Whether all that follows is `none`: the document has the list or map, and it is empty. */
function nothing(cursor: Cursor, word: BodyWord): boolean {
  return word !== 'cancel' && cursor.standsAlone('none') && cursor.accept('none') !== null
}

function assign(cursor: Cursor, start: number, word: BodyWord): BodyNode | null {
  const kind = word as 'args' | 'set' | 'share'
  const role = kind === 'args' ? 'argument' : kind === 'set' ? 'data' : 'shared'
  const assignment = readAssignment(cursor, role, false)
  cursor.finish([])
  return { kind, range: cursor.rangeFrom(start), assignment }
}

function readTask(cursor: Cursor, start: number): BodyNode {
  const node: Mutable<TaskNode> = { kind: 'task', range: cursor.rangeFrom(start) }
  attempt(() => {
    node.task = cursor.name('task')
    const args = readArguments(cursor)
    if (args !== undefined) node.args = args
    readClauses(cursor, {
      as: () => void (node.as = cursor.name('child', true)),
      done: () => void (node.done = cursor.name('signal')),
      failed: () => void (node.failed = cursor.name('signal')),
      retry: (at) => void (node.retry = readRetry(cursor, at)),
      timeout: () => void (node.timeout = readFixedDuration(cursor)),
    })
  })
  node.range = cursor.rangeFrom(start)
  return node
}

/** `5 first 10s factor 2 max 5m`, behind `retry` */
function readRetry(cursor: Cursor, start: number): RetryNode {
  const attempts = readQuantity(cursor, 'a number of attempts')
  const node: Mutable<RetryNode> = { attempts, range: cursor.rangeFrom(start) }
  for (;;) {
    if (node.first === undefined && cursor.accept('first') !== null) node.first = readFixedDuration(cursor)
    else if (node.factor === undefined && cursor.accept('factor') !== null)
      node.factor = readQuantity(cursor, 'a number')
    else if (node.max === undefined && cursor.accept('max') !== null) node.max = readFixedDuration(cursor)
    else break
  }
  node.range = cursor.rangeFrom(start)
  return node
}

function readEmit(cursor: Cursor, start: number): BodyNode {
  const node: Mutable<EmitNode> = { kind: 'emit', range: cursor.rangeFrom(start) }
  attempt(() => {
    node.signal = cursor.name('signal')
    const args = readArguments(cursor)
    if (args !== undefined) node.args = args
    readClauses(cursor, {
      to: () => void (node.to = readTemplate(cursor, 'self, parent, sender, child:<name> or model:<name>/<id>')),
      after: (at) => {
        node.after = readExpression(cursor)
        notBoth(cursor, node, at)
      },
      at: (at) => {
        node.at = readExpression(cursor)
        notBoth(cursor, node, at)
      },
      while: () => void (node.while = readNames(cursor, 'state')),
      reply: () => void (node.reply = cursor.name('signal')),
    })
  })
  node.range = cursor.rangeFrom(start)
  return node
}

function notBoth(cursor: Cursor, { after, at }: EmitNode, start: number): void {
  if (after === undefined || at === undefined) return
  const message = 'a signal is sent either after a duration or at an instant'
  cursor.fail('unexpected', start, start + (cursor.source.text.startsWith('after', start) ? 5 : 2), message)
}

function readCall(cursor: Cursor, start: number): BodyNode {
  const node: Mutable<CallNode> = { kind: 'call', range: cursor.rangeFrom(start) }
  attempt(() => {
    node.url = readTemplate(cursor, 'model:<name>/<id>')
    const args = readArguments(cursor)
    if (args !== undefined) node.args = args
    readClauses(cursor, {
      as: () => void (node.as = readTemplate(cursor, 'a name for the subinstance')),
      wait: (at) => readWait(cursor, node, true, at),
      not: (at) => {
        if (cursor.accept('wait') === null) cursor.unexpected(['wait'], ['wait'])
        readWait(cursor, node, false, at)
      },
      done: () => void (node.done = cursor.name('signal')),
      failed: () => void (node.failed = cursor.name('signal')),
    })
    if (node.as === undefined) {
      const message = 'a call names its subinstance: as <name>'
      cursor.fail('missing-as', start, start + 'call'.length, message, { expected: ['as'] })
    }
  })
  node.range = cursor.rangeFrom(start)
  return node
}

function readWait(cursor: Cursor, node: Mutable<CallNode>, value: boolean, start: number): void {
  if (node.wait !== undefined) cursor.fail('duplicate-clause', start, cursor.at, 'wait stands twice here')
  node.wait = { value, range: cursor.rangeFrom(start) }
}
