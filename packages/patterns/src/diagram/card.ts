import { type Emit, type Model, readDuration, type Transition } from '@sutler/engine'
import { fitText, type Font, textWidth } from './metrics.ts'

export type Icon = 'timer' | 'task' | 'signal' | 'call' | 'clear'

/** One line of a card: an icon, a part that stands out, and the rest. */
export interface CardLine {
  readonly kind: 'trigger' | 'guard' | 'name' | 'effect'
  readonly icon: Icon | null
  readonly text: string
  readonly font: Font
  readonly height: number
  readonly width: number
}

/** The label of one or more transitions: what leads from the same states to the same states is one edge. */
export interface Card {
  readonly entries: readonly CardEntry[]
  readonly width: number
  readonly height: number
}

export interface CardEntry {
  /** Index in the model's transitions. */
  readonly transition: number
  readonly lines: readonly CardLine[]
  readonly height: number
  /** Everything about the transition, untrimmed: shown when it is pointed at. */
  readonly title: string
}

export const cardPadding = 6
export const entryGap = 5
export const iconWidth = 14
const lineWidth = 190
const effectLines = 4

const fonts: Readonly<Record<CardLine['kind'], { readonly font: Font; readonly height: number }>> = {
  trigger: { font: { size: 12, bold: true }, height: 16 },
  guard: { font: { size: 11 }, height: 14 },
  name: { font: { size: 11 }, height: 14 },
  effect: { font: { size: 10 }, height: 13 },
}

/** Signals that some transition emits to its own instance with a delay. */
export function timedSignals(model: Model): ReadonlySet<string> {
  const emits = model.transitions.flatMap(({ emit = [] }) => emit)
  return new Set(emits.filter((emit) => isTimer(emit) && (emit.to ?? 'self') === 'self').map(({ signal }) => signal))
}

export function cardOf(
  model: Model,
  transitions: readonly number[],
  timed: ReadonlySet<string>,
  more: (transition: Transition) => string | null = () => null,
): Card {
  const entries = transitions.flatMap((index) => {
    const transition = model.transitions[index]
    return transition === undefined ? [] : [entryOf(transition, index, timed, more(transition))]
  })
  const widest = Math.max(0, ...entries.flatMap(({ lines }) => lines.map(({ width }) => width)))
  const height = entries.reduce((sum, entry) => sum + entry.height, 0) + entryGap * Math.max(0, entries.length - 1)
  return { entries, width: Math.ceil(widest) + 2 * cardPadding, height: height + 2 * cardPadding }
}

function entryOf(transition: Transition, index: number, timed: ReadonlySet<string>, more: string | null): CardEntry {
  const { on, when, name } = transition
  const trigger = line('trigger', timed.has(on) ? 'timer' : null, on)
  const effects = effectsOf(transition)
  if (more !== null) effects.unshift({ icon: 'clear', text: more })
  const shown = effects.length > effectLines ? effects.slice(0, effectLines - 1) : effects
  const lines = [
    trigger,
    ...(when === undefined ? [] : [line('guard', null, `[${when}]`)]),
    ...(name === on ? [] : [line('name', null, name)]),
    ...shown.map(({ icon, text }) => line('effect', icon, text)),
    ...(shown.length < effects.length ? [line('effect', null, `+ ${effects.length - shown.length} more`)] : []),
  ]
  return {
    transition: index,
    lines,
    height: lines.reduce((sum, { height }) => sum + height, 0),
    title: titleOf(transition, effects),
  }
}

function line(kind: CardLine['kind'], icon: Icon | null, text: string): CardLine {
  const { font, height } = fonts[kind]
  const indent = icon === null ? 0 : iconWidth
  const fitted = fitText(text, font, lineWidth - indent)
  return { kind, icon, text: fitted, font, height, width: textWidth(fitted, font) + indent }
}

interface Effect {
  readonly icon: Icon | null
  readonly text: string
}

function effectsOf(transition: Transition): Effect[] {
  const { clear = [], tasks = [], emit = [], call = [], cancel = [] } = transition
  const named = clear.filter((state) => state !== '*' && !transition.to.includes(state))
  const gone = clear.includes('*') ? 'all other states' : named.join(', ')
  return [
    ...(gone === '' || transition.from.length === 0 ? [] : [{ icon: 'clear' as const, text: `leaves ${gone}` }]),
    ...(cancel.length === 0 ? [] : [{ icon: 'clear' as const, text: `stops timer ${cancel.join(', ')}` }]),
    ...(tasks.length === 0 ? [] : [{ icon: 'task' as const, text: tasks.map(({ task }) => task).join(', ') }]),
    ...emit.map(emitted),
    ...call.map(({ url, wait }) => ({ icon: 'call' as const, text: `${url}${wait === true ? ' (waits)' : ''}` })),
  ]
}

function isTimer({ after, at }: Emit): boolean {
  return after !== undefined || at !== undefined
}

function emitted(emit: Emit): Effect {
  const { signal, to = 'self', after, at } = emit
  const receiver = to === 'self' ? '' : ` to ${to}`
  if (!isTimer(emit)) return { icon: 'signal', text: `${signal}${receiver}` }
  const due = after === undefined ? `at ${at ?? ''}` : `after ${shortDuration(after)}`
  return { icon: 'timer', text: `${signal}${receiver} ${due}` }
}

const units: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
]

/** `P1DT12H` as `1d12h`; an expression as it is written. */
function shortDuration(text: string): string {
  const milliseconds = readDuration(text)
  if (milliseconds === null) return text
  let rest = milliseconds
  let short = ''
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) short += `${count}${unit}`
  }
  return short === '' ? '0s' : short
}

function titleOf(transition: Transition, effects: readonly Effect[]): string {
  const { name, on, from, to, when, set = {}, share = {} } = transition
  const assignments = [
    ...Object.entries(set).map(([key, value]) => `set ${key} = ${value}`),
    ...Object.entries(share).map(([key, value]) => `share ${key} = ${value}`),
  ]
  const words: Readonly<Record<Icon, string>> = {
    timer: 'timer ',
    task: 'task ',
    signal: 'emit ',
    call: 'call ',
    clear: '',
  }
  return [
    `${name}: on ${on}, ${from.join(' + ') || 'any state'} → ${to.join(' + ') || 'no state'}`,
    ...(when === undefined ? [] : [`when ${when}`]),
    ...assignments,
    ...effects.map(({ icon, text }) => `${icon === null ? '' : words[icon]}${text}`),
  ].join('\n')
}
