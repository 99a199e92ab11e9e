import { painted, printable } from '../terminal.ts'

type Values = Readonly<Record<string, unknown>>

/** What is shown of an instance. */
export interface ShownInstance {
  readonly url: string
  readonly states: readonly string[]
  readonly data: Values
  readonly call: Values
  readonly parent: { readonly url: string; readonly as: string } | null
  readonly children: readonly { readonly as: string; readonly url: string; readonly wait: boolean }[]
  readonly timers: readonly { readonly signal: string; readonly due: string }[]
  readonly tasks: readonly { readonly task: string }[]
  readonly held: readonly { readonly type: string }[]
  readonly deferred: readonly { readonly type: string }[]
  readonly steps: number
  readonly done: boolean
  readonly attention: string | null
  readonly createdAt: string
  readonly changedAt: string
}

/** An instance for people: one thing to a line, and nothing of what it does not have. */
export function instanceText(shown: ShownInstance): string {
  const { url, states, done, data, call, parent, children, timers, tasks, held, deferred, attention } = shown
  const lines: (readonly [string, string])[] = [
    ['states', `${states.join(' ')}${done ? ' (done)' : ''}`],
    ['attention', attention ?? ''],
    ['data', valuesText(data)],
    ['call', valuesText(call)],
    ['parent', parent === null ? '' : `${parent.url} as ${parent.as}`],
    ...children.map(({ as, url: child, wait }) => ['child', `${as}: ${child}${wait ? ', waited for' : ''}`] as const),
    ...timers.map(({ signal, due }) => ['timer', `${signal} at ${due}`] as const),
    ...tasks.map(({ task }) => ['task', `${task} is running`] as const),
    ['held', held.map(({ type }) => type).join(' ')],
    ['deferred', deferred.map(({ type }) => type).join(' ')],
    ['steps', `${shown.steps}, started ${shown.createdAt}, changed ${shown.changedAt}`],
  ]
  return [painted('bold', printable(url)), ...fieldLines(lines)].join('\n')
}

/** What is shown of a returned signal. */
export interface ShownReturn {
  readonly outcome: string
  readonly reason?: string | undefined
  readonly detail?: string | undefined
  readonly fired: readonly string[]
  readonly states: readonly string[]
  readonly args: Values
  readonly duplicate?: boolean | undefined
}

/** A returned signal for people. */
export function returnedText({ outcome, reason, detail, fired, states, args, duplicate }: ShownReturn): string {
  const lines = fieldLines([
    ['outcome', `${outcome}${duplicate === true ? ' (taken before: this is what became of it then)' : ''}`],
    ['reason', [reason, detail].filter((text) => text !== undefined).join(': ')],
    ['fired', fired.join(', ')],
    ['states', states.join(' ')],
    ['args', valuesText(args)],
  ])
  return lines.map((line) => line.trimStart()).join('\n')
}

/** `name=value`, values as JSON. */
export function valuesText(values: Values): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(' ')
}

/** One thing that an instance has. On one line, so that no value can pretend to be another field. */
export function fieldText(name: string, value: string): string {
  return printable(`  ${name.padEnd(9)}  ${value}`)
}

function fieldLines(fields: readonly (readonly [name: string, value: string])[]): string[] {
  return fields.filter(([, value]) => value !== '').map(([name, value]) => fieldText(name, value))
}
