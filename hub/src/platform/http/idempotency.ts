import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import type { Clock } from '../clock.ts'
import type { Database, Tx } from '../database.ts'
import { grouped } from '../grouped.ts'
import { CallerError, InvariantError } from '../errors.ts'
import type { ApiEnv } from './api.ts'
import { bindings } from './bindings.ts'
import { idempotencyInProgress, idempotencyKeyInvalid, idempotencyKeyReused } from './codes.ts'

export interface IdempotencyOptions {
  readonly database: Database
  readonly clock: Clock
  /** How long an answer can be asked for again, milliseconds. */
  readonly retention: number
  /** After so long a request without an answer is taken for dead and may be worked on anew, milliseconds. */
  readonly abandonedAfter: number
}

/** Same key, same request: same answer, worked on once. Keys belong to the principal. */
export interface Idempotency {
  /** @throws CallerError `idempotency-key-invalid`, `idempotency-key-reused`, `idempotency-in-progress` */
  once(key: string, c: Context<ApiEnv>, work: () => Response | void | Promise<Response | void>): Promise<Response>
  /** Forgets answers older than the retention, at most 1,000 at a time; returns how many. */
  sweep(): Promise<number>
}

/** The attempt that a request is: `started` tells it from a later attempt that took the key over. */
interface Attempt {
  readonly tenant: string
  readonly principal: string
  readonly key: string
  readonly started: Date
  remembered: boolean
}

interface Row {
  request: Uint8Array
  status: number | null
  headers: Record<string, string> | null
  body: string | null
  abandoned: boolean
}

/** Of one statement; that may wait. */
const together = { most: 200, waiting: 10_000 }

const attempts = new WeakMap<Context<ApiEnv>, Attempt>()
const keptHeaders = ['content-type', 'location', 'etag']

export function createIdempotency(options: IdempotencyOptions): Idempotency {
  const { database, clock } = options
  const take: Take = grouped(together, (wanted) => takeKeys(database.sql, wanted))
  const finish = grouped<Finished, boolean>(together, (finished) => finishAll(database.sql, finished))
  return {
    async once(key, c, work) {
      const request = fingerprint(key, c)
      const { tenant, id: principal } = c.get('principal')
      const attempt = { tenant, principal, key, started: new Date(clock.now()), remembered: false }
      const known = await begin(take, database, attempt, request, options.abandonedAfter)
      if (known) return replay(known, request, key)
      attempts.set(c, attempt)
      try {
        const response = await work()
        if (!response) throw new InvariantError(`${c.req.method} ${c.req.path} gave no answer`)
        // A refusal changed nothing: the same request may succeed later.
        if (response.status < 400) {
          if (!attempt.remembered) {
            const [headers, body] = [headersOf(response), await response.clone().text()]
            if (!(await finish({ attempt, status: response.status, headers, body }))) throw takenOver(attempt)
          }
        } else await forget(database, attempt)
        return response
      } catch (error) {
        if (!attempt.remembered) await forget(database, attempt)
        throw error
      }
    },
    async sweep() {
      const before = new Date(clock.now() - options.retention)
      const gone = await database.sql`
        delete from platform_idempotency where ctid = any(array(
          select ctid from platform_idempotency where created_at < ${before} limit 1000))`
      return gone.count
    },
  }
}

/**
 * Commits the answer together with the change, so that not even a crash between the two lets a repeated request do its work
 * twice. Call it last in the transaction; without an Idempotency-Key it does nothing. `body` is what `c.json` will be given.
 */
export async function rememberAnswer(
  c: Context<ApiEnv>,
  tx: Tx,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const attempt = attempts.get(c)
  if (!attempt) return
  const kept = { 'content-type': 'application/json', ...headers }
  await finishWith(tx, { attempt, status, headers: kept, body: JSON.stringify(body) })
  tx.afterCommit(() => (attempt.remembered = true))
}

/** Answers of requests that share a transaction, and are remembered in the same turn, until that turn ends. */
const gathered = new WeakMap<Tx, { readonly finished: Finished[]; readonly written: Promise<void> }>()

function finishWith(tx: Tx, one: Finished): Promise<void> {
  const known = gathered.get(tx)
  if (known !== undefined) {
    known.finished.push(one)
    return known.written
  }
  const finished = [one]
  const written = finishSoon(tx, finished)
  gathered.set(tx, { finished, written })
  return written
}

async function finishSoon(tx: Tx, finished: readonly Finished[]): Promise<void> {
  await Promise.resolve()
  gathered.delete(tx)
  const done = await finishAll(tx.sql, finished)
  const lost = done.indexOf(false)
  if (lost >= 0) throw takenOver(finished[lost]!.attempt)
}

function fingerprint(key: string, c: Context<ApiEnv>): Buffer {
  const { incoming } = bindings(c)
  const hasOtherBody = incoming !== undefined && incoming.rawBody === undefined && !bodyless(incoming.headers)
  if (!/^[\x21-\x7e]{1,128}$/.test(key) || hasOtherBody) {
    throw new CallerError(idempotencyKeyInvalid, `“${key.slice(0, 140)}” with ${c.req.method} ${c.req.path}.`)
  }
  const hash = createHash('sha256').update(`${c.req.method} ${c.req.url.replace(/^\w+:\/\/[^/]*/, '')}\n`)
  return hash.update(incoming?.rawBody ?? '').digest()
}

function bodyless(headers: NodeJS.Dict<string | string[]>): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0
}

/** Makes a key this attempt's; false when it is somebody's already. */
type Take = (wanted: Wanted) => Promise<boolean>

interface Wanted {
  readonly attempt: Attempt
  readonly request: Buffer
}

/** Keys of requests that come at the same time are taken together: one commit. Of equal ones the first is the taker. */
async function takeKeys(sql: Database['sql'], wanted: readonly Wanted[]): Promise<boolean[]> {
  const rows = wanted.map(({ attempt: { tenant, principal, key, started }, request }) => ({
    tenant,
    principal,
    key,
    request: request.toString('hex'),
    started,
  }))
  const taken = await sql<{ principal: string; key: string }[]>`
    insert into platform_idempotency (tenant, principal, key, request, created_at)
    select tenant, principal, key, decode(request, 'hex'), started
    from jsonb_to_recordset(${sql.json(rows as never)}) as r (tenant text, principal text, key text, request text, started timestamptz)
    order by principal, key on conflict do nothing returning principal, key`
  const free = new Set(taken.map(({ principal, key }) => `${principal} ${key}`))
  return rows.map(({ principal, key }) => free.delete(`${principal} ${key}`))
}

/** Takes the key for this attempt and returns null, or returns what is known of the attempt that has it. */
async function begin(
  take: Take,
  database: Database,
  attempt: Attempt,
  request: Buffer,
  abandonedAfter: number,
): Promise<Row | null> {
  const { principal, key, started } = attempt
  if (await take({ attempt, request })) return null
  const abandoned = new Date(started.getTime() - abandonedAfter)
  const taken = await database.sql`
    update platform_idempotency set created_at = ${started}
    where principal = ${principal} and key = ${key} and request = ${request} and status is null and created_at < ${abandoned}`
  if (taken.count === 1) return null
  const [row] = await database.sql<Row[]>`
    select request, status, headers, body from platform_idempotency where principal = ${principal} and key = ${key}`
  // Between the two statements the first attempt failed and gave the key back.
  return row ?? begin(take, database, attempt, request, abandonedAfter)
}

function replay(row: Row, request: Buffer, key: string): Response {
  if (Buffer.compare(row.request, request) !== 0) {
    throw new CallerError(idempotencyKeyReused, `Key ${key} belongs to another request.`)
  }
  if (row.status === null) throw new CallerError(idempotencyInProgress, `Key ${key} is in use.`)
  return new Response(row.body === '' ? null : row.body, {
    status: row.status,
    headers: { ...row.headers, 'idempotency-replayed': 'true' },
  })
}

/** An attempt with its answer. */
interface Finished {
  readonly attempt: Attempt
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Keeps the answers; false for an attempt whose key was taken over by a later one. */
async function finishAll(sql: Database['sql'] | Tx['sql'], finished: readonly Finished[]): Promise<boolean[]> {
  const rows = finished.map(({ attempt: { principal, key, started }, ...answer }) => ({
    principal,
    key,
    started,
    ...answer,
  }))
  const done = await sql<{ principal: string; key: string }[]>`
    update platform_idempotency p set status = r.status, headers = r.headers, body = r.body
    from jsonb_to_recordset(${sql.json(rows as never)}) as r
      (principal text, key text, started timestamptz, status int, headers jsonb, body text)
    where p.principal = r.principal and p.key = r.key and p.created_at = r.started
    returning p.principal, p.key`
  const kept = new Set(done.map(({ principal, key }) => `${principal} ${key}`))
  return finished.map(({ attempt: { principal, key } }) => kept.has(`${principal} ${key}`))
}

/** Another attempt took over because this one was too slow: inside a transaction this undoes the change. */
function takenOver({ key }: Attempt): CallerError {
  return new CallerError(idempotencyInProgress, `Key ${key} was taken over by a later request.`)
}

async function forget(database: Database, { principal, key, started }: Attempt): Promise<void> {
  await database.sql`
    delete from platform_idempotency
    where principal = ${principal} and key = ${key} and created_at = ${started} and status is null`
}

function headersOf(response: Response): Record<string, string> {
  return Object.fromEntries(
    keptHeaders.flatMap((name) => [[name, response.headers.get(name)]]).filter(([, value]) => value),
  )
}
