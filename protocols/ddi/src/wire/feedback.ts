import { Fields } from './fields.ts'
import { readJson } from './json.ts'
import { readTime } from './time.ts'

export const executions = [
  'closed',
  'proceeding',
  'canceled',
  'scheduled',
  'rejected',
  'resumed',
  'download',
  'downloaded',
] as const
export type Execution = (typeof executions)[number]
const results = ['success', 'failure', 'none'] as const
export type Finished = (typeof results)[number]

/** What a client says of an action. */
export interface Feedback {
  /** The action it names itself, where it does; the address names it too. */
  readonly id: number | null
  /** Of the device's clock, milliseconds since the Unix epoch. */
  readonly time: number | null
  readonly execution: Execution
  readonly finished: Finished
  readonly progress: { readonly done: number; readonly total: number } | null
  readonly code: number | null
  readonly details: readonly string[]
}

/** What is kept of the details: the first ones, cut. Clients send whole logs. */
export const detailsKept = { lines: 50, characters: 500 } as const

const clause = 'feedback'

/** @throws DdiError `too-large`, `bad-json`, `bad-field` */
export function readFeedback(bytes: Uint8Array): Feedback {
  const fields = new Fields(readJson(bytes, clause), clause)
  const status = fields.object('status')
  const execution = status.oneOf('execution', executions)
  const result = status.optionalObject('result')
  const finished =
    result === null ? null : result.get('finished') === undefined ? null : result.oneOf('finished', results)
  // Without it nobody knows how the action ended.
  if (finished === null && execution === 'closed') throw status.wrong('result', 'is missing for a closed action')
  return {
    id: fields.optionalNumber('id'),
    time: readTime(fields.get('time') ?? fields.get('timestamp')),
    execution,
    finished: finished ?? 'none',
    progress: result && readProgress(result),
    code: status.optionalNumber('code'),
    details: readDetails(status),
  }
}

/** `{cnt, of}`; clients send it empty too. */
function readProgress(result: Fields): Feedback['progress'] {
  const progress = result.optionalObject('progress')
  const done = progress?.optionalNumber('cnt') ?? null
  const total = progress?.optionalNumber('of') ?? null
  return done === null || total === null || done < 0 || total < 1 ? null : { done: Math.min(done, total), total }
}

/** Texts; one alone may stand for a list of one. */
export function readDetails(fields: Fields): string[] {
  const given = fields.get('details')
  const list = given === undefined ? [] : typeof given === 'string' ? [given] : given
  if (!Array.isArray(list) || !list.every((each) => typeof each === 'string'))
    throw fields.wrong('details', 'is no list of texts')
  return list.slice(0, detailsKept.lines).map((each) => each.slice(0, detailsKept.characters))
}
