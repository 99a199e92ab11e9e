import { type Emit, type Model, readDuration, type Transition } from '@sutler/engine'
import type { XmlNode } from '../xml/write.ts'
import type { Placed } from './placement.ts'
import { TokenReader } from './tokens.ts'

export type Note = (code: string, pointer: string, message: string) => void

/** An expression with SCXML's words for what it reads of the event. */
export function inScxml(expression: string): string {
  const reader = new TokenReader(expression)
  let result = ''
  for (let token = reader.next(); token !== null; token = reader.next()) {
    const variable = token.kind === 'name' && reader.before() !== '.' && reader.ahead(1)[0]?.text !== '('
    if (variable && token.text === 'args') result += '_event.data'
    else if (variable && token.text === 'id') result += '_sessionid'
    else result += token.text
  }
  return result
}

/** Executable content for what a transition does, in the order in which the engine does it. */
export function contentOf({ transition, index, when }: Placed, model: Model, note: Note): XmlNode[] {
  const pointer = `/transitions/${index}`
  lost(transition, pointer, note)
  const { set = {}, cancel = [], emit = [] } = transition
  return [
    ...Object.entries(set).map(([name, value]) => element('assign', { location: name, expr: inScxml(value) })),
    ...cancel.map((signal) => element('cancel', { sendid: signal })),
    ...emit.flatMap((one, at) => sent(one, { pointer: `${pointer}/emit/${at}`, model, note, transition, when })),
  ]
}

function lost({ args, share, tasks, call }: Transition, pointer: string, note: Note): void {
  if (args !== undefined) note('args', `${pointer}/args`, 'the event keeps its data: nobody gets them back as changed')
  if (share !== undefined)
    note('share', `${pointer}/share`, 'model data are not changed: an SCXML session shares nothing')
  for (const [at, { task }] of (tasks ?? []).entries())
    note('task', `${pointer}/tasks/${at}`, `${task} is not started: SCXML has no tasks`)
  for (const [at, { url }] of (call ?? []).entries())
    note('call', `${pointer}/call/${at}`, `${url} is not called: a model is nothing that SCXML can invoke`)
}

interface Sending {
  readonly pointer: string
  readonly model: Model
  readonly note: Note
  readonly transition: Transition
  readonly when: Placed['when']
}

function sent(emit: Emit, { pointer, note }: Sending): XmlNode[] {
  const { signal, to = 'self', after, at, args = {}, reply } = emit
  if (reply !== undefined) note('reply', `${pointer}/reply`, `${reply} does not come back`)
  if (at !== undefined) {
    note('at', `${pointer}/at`, `${signal} is not sent: SCXML knows delays, not instants`)
    return []
  }
  if (to !== 'self' && to !== 'parent') {
    note('to', `${pointer}/to`, `${signal} is not sent: ${to} is nothing that SCXML can address`)
    return []
  }
  const params = Object.entries(args).map(([name, value]) => element('param', { name, expr: inScxml(value) }))
  const own = to === 'self'
  if (own && after === undefined && params.length === 0) return [element('raise', { event: signal })]
  const delay = delayOf(after)
  return [
    {
      name: 'send',
      attributes: {
        event: signal,
        id: after === undefined ? undefined : signal,
        target: own ? (after === undefined ? '#_internal' : undefined) : '#_parent',
        ...delay,
      },
      children: params,
    },
  ]
}

/** CSS time has seconds and milliseconds only. */
function delayOf(after: string | undefined): { delay?: string; delayexpr?: string } {
  if (after === undefined) return {}
  const milliseconds = readDuration(after)
  if (milliseconds === null) return { delayexpr: inScxml(/^\{(.*)\}$/s.exec(after)?.[1] ?? after) }
  return { delay: milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms` }
}

export function element(
  name: string,
  attributes: NonNullable<XmlNode['attributes']>,
  children: readonly XmlNode[] = [],
): XmlNode {
  return { name, attributes, children }
}
