import {
  type CelEnv,
  type CelFunc,
  type CelInput,
  type CelList,
  CelScalar,
  type CelValue,
  celEnv,
  celFunc,
  celList,
  isCelList,
  isCelMap,
  listType,
  objectType,
} from '@bufbuild/cel'
import { meter } from './budget.ts'
import { equal, includes } from './equality.ts'
import { readIsoDuration } from './instants.ts'
import { expressionLimits } from './limits.ts'
import { versionKey } from './semver.ts'

type Functions = CelEnv['funcs']
type FunctionGroup = NonNullable<ReturnType<Functions['find']>>

/** Functions that the rewritten syntax tree calls; no source text can name them. */
export const internal = { range: '@range', list: '@list', append: '@append' } as const

const { BOOL, DYN, INT, STRING } = CelScalar
const lists = new WeakMap<CelList, CelInput[]>()

const functions: CelFunc[] = [
  celFunc('_==_', [DYN, DYN], BOOL, equal),
  celFunc('_!=_', [DYN, DYN], BOOL, (left, right) => !equal(left, right)),
  celFunc('@in', [DYN, listType(DYN)], BOOL, includes),
  celFunc('duration', [STRING], objectType('google.protobuf.Duration'), isoDuration),
  celFunc('semver', [STRING], STRING, semver),
  celFunc(internal.range, [DYN, INT], DYN, range),
  celFunc(internal.list, [], DYN, emptyList),
  celFunc(internal.append, [DYN, DYN], DYN, append),
]

/** Spends the whole loop's cost before it starts, so that a loop inside a loop multiplies. */
function range(iterable: CelValue, weight: bigint): CelValue {
  if (isCelList(iterable) || isCelMap(iterable)) meter.spend(iterable.size * Number(weight))
  return iterable
}

/** The accumulator of `map` and `filter`: grows in place where the library would nest a new list per element. */
function emptyList(): CelList {
  const items: CelInput[] = []
  const list = celList(items)
  lists.set(list, items)
  return list
}

function append(list: CelValue, element: CelValue): CelValue {
  lists.get(list as CelList)?.push(element)
  return list
}

const plain = celEnv()
const environmentWithLibrary = celEnv({ funcs: functions })

/** Days and weeks of a duration as hours, the largest unit that CEL itself reads. */
function inHours(text: string): string {
  return text.replaceAll(/(\d{1,12}(?:\.\d{1,9})?)([dw])/g, (_, amount: string, unit: string) => {
    return `${(Number(amount) * (unit === 'w' ? 168 : 24)).toFixed(9)}h`
  })
}

/** CEL's durations (`1h30m`, here also `1d` and `2w`), and ISO 8601 ones (`PT1H30M`), in which they come back from an expression. */
function isoDuration(text: string): CelInput {
  const span = readIsoDuration(text)
  if (span !== null)
    return { $typeName: 'google.protobuf.Duration', seconds: span.seconds, nanos: span.nanos } as CelInput
  const parsed = plain.funcs.find('duration')?.call(0, undefined, [inHours(text)])
  if (parsed instanceof Error) throw parsed
  return parsed as CelInput
}

/** Every call spends before it runs; what is over the budget ends the evaluation from here, past `||` and `&&`. */
function metered(group: FunctionGroup): FunctionGroup {
  return {
    name: group.name,
    [Symbol.iterator]: () => group[Symbol.iterator](),
    call(id, target, args) {
      meter.spend(1)
      if (target !== undefined) spendFor(group.name, target)
      for (const arg of args) spendFor(group.name, arg)
      if (group.name === 'matches') spendForPattern(target ?? args[0], args.at(-1))
      if (args.length === 1 && target !== undefined) spendForTimeZone(group.name)
      const result = group.call(id, target, args)
      if (meter.exhausted !== null) throw meter.exhausted
      if (typeof result === 'string' || result instanceof Uint8Array) meter.limitText(result.length)
      return result
    },
  }
}

const readers = new Set(['int', 'uint', 'double', 'timestamp', 'duration'])

function spendFor(name: string, value: CelValue): void {
  if (typeof value === 'string') {
    if (value.length > expressionLimits.literalLength && readers.has(name))
      meter.fail(`text of ${value.length} characters for ${name}()`)
    meter.spend(value.length >> 6)
  } else if (value instanceof Uint8Array) {
    meter.spend(value.length >> 6)
  } else if (name === '_+_' && isCelList(value)) {
    meter.spend(value.size >> 3)
  }
}

/** RE2 takes time in proportion to the text times the pattern with its counted repetitions written out. */
function spendForPattern(text: CelValue | undefined, pattern: CelValue | undefined): void {
  if (typeof text !== 'string' || typeof pattern !== 'string') return
  if (pattern.length > expressionLimits.patternLength)
    meter.fail(`regular expression above ${expressionLimits.patternLength} characters`)
  let repeats = 1
  for (const [, least, most] of pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g))
    repeats *= Math.max(Number(least), Number(most ?? 0), 1)
  const size = pattern.length * Math.min(repeats, 1000)
  meter.spend(50 + (size >> 2) + Math.ceil((text.length * size) / 32))
}

function spendForTimeZone(name: string): void {
  if (name.startsWith('get')) meter.spend(100)
}

/** A version as a text that sorts as versions do. */
function semver(text: string): string {
  const key = versionKey(text)
  if (key === null) throw new Error(`'${text.slice(0, 64)}' is no version such as 1.2.3`)
  return key
}

function meteredFunctions(functions: Functions): Functions {
  const groups = new Map<string, FunctionGroup>()
  const find = (name: string): FunctionGroup | undefined => {
    const known = groups.get(name)
    if (known !== undefined) return known
    const group = functions.find(name)
    if (group === undefined) return undefined
    const wrapped = metered(group)
    groups.set(name, wrapped)
    return wrapped
  }
  return Object.create(functions, { find: { value: find } }) as Functions
}

/** CEL's standard environment with metered functions. */
export const environment = Object.create(environmentWithLibrary, {
  funcs: { value: meteredFunctions(environmentWithLibrary.funcs) },
}) as CelEnv
