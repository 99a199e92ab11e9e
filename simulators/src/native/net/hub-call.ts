import { randomUUID } from 'node:crypto'
import { FleetError } from '../errors.ts'
import type { FleetContext } from '../device/context.ts'
import type { HttpAnswer } from './http-connection.ts'

/** A JSON object as the hub answers. */
export type Answer = Readonly<Record<string, unknown>>

export interface CallOptions {
  readonly body?: unknown
  /** Bearer token of a person. */
  readonly token?: string
}

const mostAttempts = 8
const retryMilliseconds = 250
const longestRetryMilliseconds = 10_000

/**
 * Calls the hub's REST API. A POST with a token carries an idempotency key, so that trying again changes nothing; is
 * tried again when the hub is overloaded or cannot be reached.
 * @param path from the hub's address, with a leading slash
 * @throws FleetError `hub-refused` with the problem's code, `network`, `stopped`
 */
export async function callHub(
  context: FleetContext,
  method: 'GET' | 'POST',
  path: string,
  options: CallOptions = {},
): Promise<Answer> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (options.token !== undefined) {
    headers.authorization = `Bearer ${options.token}`
    if (method === 'POST') headers['idempotency-key'] = randomUUID()
  }
  const body = options.body === undefined ? '' : JSON.stringify(options.body)
  for (let attempt = 1; ; attempt++) {
    const answer = await attempted(context, method, path, headers, body)
    if (!(answer instanceof FleetError) && answer.status < 300) return parsed(answer, path)
    const error = answer instanceof FleetError ? answer : refusal(answer, method, path)
    const again = answer instanceof FleetError || answer.status === 429 || answer.status === 503
    if (!again || attempt === mostAttempts) throw error
    await context.wheel.sleep(pause(answer, attempt))
  }
}

/** A text of an answer. Throws FleetError `hub-refused` when it is missing. */
export function textField(answer: Answer, name: string): string {
  const value = answer[name]
  if (typeof value !== 'string') throw new FleetError('hub-refused', `the hub's answer has no "${name}"`)
  return value
}

async function attempted(
  context: FleetContext,
  method: string,
  path: string,
  headers: Record<string, string>,
  body: string,
): Promise<HttpAnswer | FleetError> {
  try {
    return await context.http.request(method, context.options.hub + path, { headers, body })
  } catch (error) {
    if (error instanceof FleetError && error.code === 'network') return error
    throw error
  }
}

function pause(answer: HttpAnswer | FleetError, attempt: number): number {
  const asked = answer instanceof FleetError ? undefined : answer.headers.get('retry-after')
  if (asked !== undefined && /^\d{1,5}$/.test(asked)) return Math.min(Number(asked) * 1000, longestRetryMilliseconds)
  return Math.min(retryMilliseconds * 2 ** attempt, longestRetryMilliseconds)
}

function parsed(answer: HttpAnswer, path: string): Answer {
  try {
    const value: unknown = JSON.parse(answer.body)
    if (typeof value === 'object' && value !== null) return value as Answer
  } catch (error) {
    throw new FleetError('hub-refused', `${path} answered with something that is not JSON`, { cause: error })
  }
  throw new FleetError('hub-refused', `${path} answered with no object`)
}

/** From a problem document (RFC 9457), as far as it is one. */
function refusal(answer: HttpAnswer, method: string, path: string): FleetError {
  let problem = ''
  let detail = answer.body.slice(0, 200)
  try {
    const document = JSON.parse(answer.body) as Answer
    problem =
      String(document.type ?? '')
        .split('/')
        .pop() ?? ''
    detail = [document.title, document.detail, document.remedy].filter(Boolean).join(' · ')
  } catch {
    // Not a problem document: the text itself is the detail.
  }
  return new FleetError('hub-refused', `${method} ${path}: ${answer.status} ${detail}`, { problem })
}
