import type { Call, Emit, Expression, Json, Model, SignalDeclaration, TaskUse, Transition } from '@sutler/engine'
import { formatPattern } from './format.ts'
import { patternLimits } from './limits.ts'
import { bareExpression, bareTemplate } from './bare.ts'

/**
 * A document as text in the usual form; read again it gives the same document. Throws PatternError for what no text can say: values
 * nested deeper, or a document larger, than texts may be.
 */
export function printPattern(model: Model): string {
  return formatPattern(statementsOf(model).join('\n'))
}

function statementsOf(model: Model): string[] {
  return [
    ['model', name(model.model), bareOrQuoted(model.version, /^[A-Za-z0-9][A-Za-z0-9.+-]*$/), quotedIf(model.title)]
      .filter((part) => part !== '')
      .join(' '),
    ...entries('shared', model.shared, jsonText),
    ...entries('data', model.data, jsonText),
    ...states(model),
    ...signals(model),
    ...model.transitions.flatMap(transition),
    ...entries('returns', model.returns, expression),
  ]
}

function entries<T>(
  word: string,
  map: Readonly<Record<string, T>> | undefined,
  textOf: (value: T) => string,
): string[] {
  if (map === undefined) return []
  const list = Object.entries(map)
  return list.length === 0 ? [`${word} none`] : list.map(([key, value]) => `${word} ${name(key)} = ${textOf(value)}`)
}

function states({ states: all, initial, final }: Model): string[] {
  if (all.length === 0) return ['states none', ...listed('initial', initial), ...listed('final', final)]
  const [byMarkInitial, byMarkFinal] = [markable(all, initial), markable(all, final)]
  const marked = all.map((state) => {
    const marks = [
      byMarkInitial && initial.includes(state) && 'initial',
      byMarkFinal && final.includes(state) && 'final',
    ]
    const words = marks.filter((mark) => mark !== false)
    return words.length === 0 ? name(state) : `${name(state)} (${words.join(', ')})`
  })
  return [
    `states ${marked.join(', ')}`,
    ...(byMarkInitial ? [] : listed('initial', initial)),
    ...(byMarkFinal ? [] : listed('final', final)),
  ]
}

/** Whether marks at the declared states say the same: each once, in the order of declaration. */
function markable(all: readonly string[], chosen: readonly string[]): boolean {
  const wanted = new Set(chosen)
  const found = all.filter((state) => wanted.has(state))
  return found.length === chosen.length && found.every((state, index) => state === chosen[index])
}

function listed(word: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${word} ${list(names)}`]
}

function signals({ signals: declared }: Model): string[] {
  if (declared === undefined) return []
  const all = Object.entries(declared)
  return all.length === 0
    ? ['signal none']
    : all.map(([signal, declaration]) => `signal ${name(signal)}${signalRest(declaration)}`)
}

function signalRest({ args, urgent, deferrable }: SignalDeclaration): string {
  const parameters =
    args === undefined
      ? ''
      : `(${Object.entries(args)
          .map(([key, type]) => `${name(key)}: ${type}`)
          .join(', ')})`
  return `${parameters}${flag('urgent', urgent)}${flag('deferrable', deferrable)}`
}

function flag(word: string, value: boolean | undefined): string {
  return value === undefined ? '' : value ? ` ${word}` : ` not ${word}`
}

function transition(given: Transition): string[] {
  const { name: title, on, when, args, set, share, cancel, tasks, emit, call } = given
  const as = title === on ? '' : ` as ${JSON.stringify(title)}`
  const guard = when === undefined ? '' : ` when ${expression(when)}`
  return [
    `on ${name(on)}: ${taken(given)} -> ${list(given.to)}${as}${guard}`,
    ...entries('args', args, expression),
    ...entries('set', set, expression),
    ...entries('share', share, expression),
    ...(cancel === undefined ? [] : [`cancel ${list(cancel)}`]),
    ...all('task', tasks, taskText),
    ...all('emit', emit, emitText),
    ...all('call', call, callText),
  ].map((line, index) => (index === 0 ? line : `  ${line}`))
}

/** States that have to be current and are left, and those that are left if they are current. */
function taken({ from, clear }: Transition): string {
  if (clear === undefined) return list(from)
  if (from.length === 0 && clear.length === 1 && clear[0] === '*') return 'any'
  return `${list(from)} clear ${list(clear, '*')}`
}

function all<T>(word: string, given: readonly T[] | undefined, textOf: (value: T) => string): string[] {
  if (given === undefined) return []
  return given.length === 0 ? [`${word} none`] : given.map((value) => `${word} ${textOf(value)}`)
}

function taskText({ task, args, as, done, failed, retry, timeout }: TaskUse): string {
  const { attempts, first, factor, max } = retry ?? {}
  return [
    (task === 'none' ? '"none"' : task) + argumentsText(args),
    clause('as', as, name),
    clause('done', done, name),
    clause('failed', failed, name),
    clause('retry', attempts, jsonText),
    clause('first', first, duration),
    clause('factor', factor, jsonText),
    clause('max', max, duration),
    clause('timeout', timeout, duration),
  ].join('')
}

function emitText({ signal, args, to, after, at, while: during, reply }: Emit): string {
  return [
    name(signal) + argumentsText(args),
    clause('to', to, template),
    clause('after', after, expression),
    clause('at', at, expression),
    clause('while', during, list),
    clause('reply', reply, name),
  ].join('')
}

function callText({ url, args, as, wait, done, failed }: Call): string {
  return [
    template(url) + argumentsText(args),
    clause('as', as, template),
    flag('wait', wait),
    clause('done', done, name),
    clause('failed', failed, name),
  ].join('')
}

function clause<T>(word: string, value: T | undefined, textOf: (value: T) => string): string {
  return value === undefined ? '' : ` ${word} ${textOf(value)}`
}

function argumentsText(args: Readonly<Record<string, Expression>> | undefined): string {
  if (args === undefined) return ''
  return `(${Object.entries(args)
    .map(([key, source]) => `${name(key)}: ${expression(source)}`)
    .join(', ')})`
}

/** `any` and `none` are words of the language wherever names are listed. */
function name(text: string): string {
  return text === 'any' || text === 'none' ? JSON.stringify(text) : text
}

function list(names: readonly string[], everything?: string): string {
  return names.length === 0 ? 'none' : names.map((each) => (each === everything ? 'any' : name(each))).join(', ')
}

function expression(source: string): string {
  return bareExpression(source) ? source : `cel ${JSON.stringify(source)}`
}

function template(source: string): string {
  return bareTemplate(source) ? source : JSON.stringify(source)
}

function duration(text: string): string {
  return bareOrQuoted(text, /^[A-Za-z0-9.]+$/)
}

function bareOrQuoted(text: string, bare: RegExp): string {
  return bare.test(text) ? text : JSON.stringify(text)
}

function quotedIf(text: string | undefined): string {
  return text === undefined ? '' : JSON.stringify(text)
}

/** JSON knows −0, `JSON.stringify` does not. What is nested deeper than a text may be is cut: reading refuses what is around it. */
function jsonText(value: Json, depth = 0): string {
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : JSON.stringify(value)
  if (depth > patternLimits.valueDepth) return 'null'
  if (Array.isArray(value)) return `[${value.map((element: Json) => jsonText(element, depth + 1)).join(', ')}]`
  const entries = Object.entries(value).map(([key, entry]) => `${JSON.stringify(key)}: ${jsonText(entry, depth + 1)}`)
  return `{${entries.join(', ')}}`
}
