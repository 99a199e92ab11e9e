import {
  compile,
  compileTemplate,
  evaluate,
  explain,
  ExpressionError,
  readIsoDuration,
  render,
  type Clause,
  type Explanation,
  type Variables,
} from '@sutler/expressions'
import type { Milliseconds, WallTime } from '../../../../platform/clock.ts'
import type { OrderTemplate, PolicyAction, PolicyDocument } from '../../contract-policy-document.ts'

/** What one action comes to for one firing: as it will be carried out, or why it cannot be. */
export type PlannedAction =
  | { readonly kind: 'order'; readonly wanted: OrderWanted }
  | { readonly kind: 'hold'; readonly wanted: HoldWanted }
  | { readonly kind: 'approve'; readonly wanted: ApprovalWanted }
  | { readonly kind: 'notify'; readonly wanted: { readonly message: string } }
  | { readonly kind: 'order' | 'hold' | 'approve' | 'notify'; readonly refusal: string }

/** An order as it will be placed: the template with its texts written out. */
export type OrderWanted = OrderTemplate

export interface HoldWanted {
  readonly until: WallTime
  readonly of: 'household' | 'everyone'
  readonly deliveries: string
  readonly why: string
}

export interface ApprovalWanted {
  readonly by: 'operator' | 'household'
  readonly until: WallTime
  readonly else: 'deny' | 'approve'
  readonly question: string
}

/** What a policy makes of one situation. */
export interface Judgement {
  readonly held: boolean
  readonly clauses: readonly Clause[]
  /** Empty when it did not hold. */
  readonly actions: readonly PlannedAction[]
}

/** Longest text that a template may come to. */
const longest = 1024

/** Judges `if`, and writes out what follows. Pure: the situation is in the variables. */
export function judge(document: PolicyDocument, variables: Variables, now: WallTime): Judgement {
  const { held, clauses } = explained(document.if, variables)
  if (!held) return { held, clauses, actions: [] }
  return { held, clauses, actions: document.then.map((action) => planned(action, document, variables, now)) }
}

/** Checked when it was written; one from an older hub that no longer compiles does not hold, and says so. */
function explained(source: string, variables: Variables): Explanation {
  try {
    return explain(source, variables)
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    return { held: false, clauses: [{ source, held: false, detail: error.reason }] }
  }
}

function planned(action: PolicyAction, document: PolicyDocument, variables: Variables, now: WallTime): PlannedAction {
  const kind = kindOf(action)
  try {
    if (action.order !== undefined) return { kind: 'order', wanted: orderOf(action.order, variables) }
    if (action.notify !== undefined)
      return { kind: 'notify', wanted: { message: written(action.notify.message, variables) } }
    if (action.approve !== undefined)
      return { kind: 'approve', wanted: approvalOf(action.approve, document, variables, now) }
    return { kind: 'hold', wanted: holdOf(action.hold!, document, variables, now) }
  } catch (error) {
    if (error instanceof ExpressionError) return { kind, refusal: `{${error.expression}}: ${error.reason}` }
    if (error instanceof Unusable) return { kind, refusal: error.message }
    throw error
  }
}

export function kindOf(action: PolicyAction): PlannedAction['kind'] {
  if (action.order !== undefined) return 'order'
  if (action.hold !== undefined) return 'hold'
  return action.approve === undefined ? 'notify' : 'approve'
}

/** A value that an expression gave and that cannot be used here. */
class Unusable extends Error {}

function written(template: string, variables: Variables): string {
  const text = render(compileTemplate(template), variables)
  if (text === '') throw new Unusable(`${template} is empty here`)
  if (text.length > longest) throw new Unusable(`${template} is ${text.length} characters long, at most ${longest}`)
  return text
}

function orderOf(template: OrderTemplate, variables: Variables): OrderWanted {
  const text = (source: string): string => written(source, variables)
  const optional = <K extends string>(key: K, source: string | undefined) =>
    source === undefined ? {} : ({ [key]: text(source) } as Record<K, string>)
  const { household, reference, items, requestedStart, requestedCompletion, ...rest } = template
  return {
    ...rest,
    household: text(household),
    ...optional('reference', reference),
    ...optional('requestedStart', requestedStart),
    ...optional('requestedCompletion', requestedCompletion),
    items: items.map(({ service, version, channel, devices, to, ...item }) => ({
      ...item,
      service: text(service),
      ...optional('version', version),
      ...optional('channel', channel),
      ...optional('to', to),
      ...(devices === undefined ? {} : { devices: devices.map(text) }),
    })),
  }
}

function holdOf(
  hold: NonNullable<PolicyAction['hold']>,
  { name }: PolicyDocument,
  variables: Variables,
  now: WallTime,
): HoldWanted {
  const until = hold.for === undefined ? moment(hold.until!, variables) : now + milliseconds(hold.for)
  if (until <= now) throw new Unusable(`it would have ended at ${new Date(until).toISOString()} already`)
  if (until > now + 366 * 86_400_000) throw new Unusable('it would last longer than a year')
  const why = hold.why === undefined ? `the policy ${name} holds it` : written(hold.why, variables)
  return { until, of: hold.of, deliveries: hold.deliveries ?? 'true', why }
}

function approvalOf(
  approve: NonNullable<PolicyAction['approve']>,
  { name }: PolicyDocument,
  variables: Variables,
  now: WallTime,
): ApprovalWanted {
  const question =
    approve.question === undefined ? `The policy ${name} asks for approval.` : written(approve.question, variables)
  return { by: approve.by, until: now + milliseconds(approve.within), else: approve.else, question }
}

function moment(source: string, variables: Variables): WallTime {
  const value = evaluate(compile(source), variables)
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN
  if (Number.isNaN(at)) throw new Unusable(`${source} is ${JSON.stringify(value)}, not a moment`)
  return at
}

/** Checked when the policy was written. */
export function milliseconds(period: string): Milliseconds {
  const span = readIsoDuration(period)
  return span === null ? 0 : Number(span.seconds) * 1000 + Math.floor(span.nanos / 1e6)
}

/** What an action would do, in words, for a dry run. */
export function wouldDo(action: PlannedAction): string {
  if ('refusal' in action) return `${action.kind}: would fail, ${action.refusal}`
  if (action.kind === 'order') {
    const items = action.wanted.items.map(({ action: what, service, version }) =>
      [what, service, version].filter(Boolean).join(' '),
    )
    return `order for ${action.wanted.household}: ${items.join(', ')}`
  }
  if (action.kind === 'notify') return `notify: ${action.wanted.message}`
  const until = new Date(action.wanted.until).toISOString()
  if (action.kind === 'approve') return `ask ${action.wanted.by} until ${until}, otherwise ${action.wanted.else}`
  const whose = action.wanted.of === 'household' ? 'the household’s deliveries' : 'all deliveries'
  return `hold ${whose} until ${until}`
}
