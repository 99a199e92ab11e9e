import {
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
} from 'kysely'
import type postgresTypes from 'postgres'
import type { Decision } from './access.ts'
import { acting } from './acting.ts'
import { addArrayTypes } from './array-types.ts'
import { OutsideError, errorCode } from './errors.ts'
import type { LifecycleEvent } from './events.ts'
import { writeLastRows, type LastWrites } from './last-writes.ts'
import postgres from './postgres-driver.ts'
import { within } from './wait.ts'
import { TenantPools, chosen, type TenantPoolOptions } from './walls/tenant-pools.ts'

export const databaseUnavailable = errorCode(
  'database-unavailable',
  503,
  'The database cannot be reached',
  'Check that PostgreSQL runs and accepts connections (DATABASE_URL, or the embedded one under the data directory); nothing was lost, try again.',
)

export const databaseOverloaded = errorCode(
  'database-overloaded',
  503,
  'The database could not do this now',
  'Try again in a moment. If it stays: free disk space, look at its load, or raise SUTLER_STATEMENT_TIMEOUT.',
)

/** A postgres.js handle: the pool or one transaction. */
export type Sql = postgresTypes.Sql | postgresTypes.TransactionSql

/** One transaction. Modules hand it to one another so that their rows commit together. */
export interface Tx {
  readonly sql: postgresTypes.TransactionSql
  /** Runs after the commit (never after a rollback): doorbells, caches. Must not throw. */
  afterCommit(then: () => void): void
  /** What is written into the audit as the last of this transaction. */
  readonly audit: AuditNotes
  /** Rows that are written before that, after everything else: see `writeLast`. */
  readonly last: LastWrites
}

/** What a transaction leaves in the audit, beside the decisions of the request that it runs in. */
export interface AuditNotes {
  /** Decisions that it acts on, of requests that it serves together. */
  readonly decisions: Decision[]
  /** What it changes: `appendEvents` puts them here. */
  readonly events: LifecycleEvent[]
  /** One of the decisions, from which everything follows that names none: where no request's principal does it. */
  cause?: Decision
}

/** All that the transaction changes follows from this decision, and is recorded with it: for work that no request does. */
export function restOn(tx: Pick<Tx, 'audit'>, decision: Decision): void {
  tx.audit.decisions.push(decision)
  tx.audit.cause = decision
}

/** Runs as the last of every transaction, before the commit; when it throws, nothing is committed. */
export type BeforeCommit = (tx: Tx) => Promise<void>

/** What statements and transactions go through. */
export interface Connections {
  readonly sql: postgresTypes.Sql
  /**
   * Runs `work` in one READ COMMITTED transaction. One that PostgreSQL ended because it and another waited for each other is run
   * again from its start, so `work` changes nothing outside of it. @throws whatever `work` throws, after the rollback; OutsideError
   * `database-unavailable` or `database-overloaded`, after which it may have been committed or not
   */
  transaction<T>(work: (tx: Tx) => Promise<T>, limits?: TransactionLimits): Promise<T>
}

/**
 * Within a request (`acting()`) `sql` and `transaction` use connections that see its principal's tenant only; what the hub does
 * by itself sees everything.
 */
export interface Database extends Connections {
  /**
   * A few connections of their own for hot statements that find every row by its key: planned once, for any number of rows,
   * and never by reading a table whole, whatever the server thinks of the tables' sizes at the time.
   */
  readonly keyed: postgresTypes.Sql
  /**
   * A few connections of their own for pages of filtered lists: each statement is planned for what it asks, going along an index
   * and looking up what else is asked, and is cancelled after `pageTime`.
   */
  readonly pages: postgresTypes.Sql
  /** Connections that see this tenant only, where there is no request of its principals yet: log-in, enrolment, set-up. */
  ofTenant(tenant: string): Connections
  /** Sets what runs as the last of every transaction from now on. */
  beforeCommit(hook: BeforeCommit): void
  close(): Promise<void>
}

export interface TransactionLimits {
  /** How long all of it may take, milliseconds; four times the statement time-out unless given. */
  readonly deadline?: number
  /** True: never run again, for work with a state of its own. */
  readonly once?: boolean
}

export interface DatabaseOptions {
  /** Upper bound of connections, those of `keyed` and `pages` not counted. */
  readonly connections: number
  /** Any statement running longer is cancelled by the server, milliseconds. */
  readonly statementTimeout: number
  /** Schemas in which tables are looked for, in order; `public` unless given. */
  readonly schemas?: readonly string[]
  /** Absent = requests use the same connections as everything else. */
  readonly tenants?: TenantPoolOptions
}

/** A postgres.js handle for `url`; it does not itself understand libpq's `?host=/socket/directory`. */
export function connect(
  url: string,
  options: postgresTypes.Options<Record<string, postgresTypes.PostgresType>>,
): postgresTypes.Sql {
  const parsed = new URL(url)
  const sockets = parsed.searchParams.get('host')
  parsed.searchParams.delete('host')
  const sql = postgres(parsed.href, {
    connect_timeout: 10,
    idle_timeout: 0,
    max_lifetime: null,
    // Seconds until the next try to connect: soon, for a database that restarts is back within a second or two.
    backoff: (tries: number) => Math.min(0.05 * 2 ** tries, 2),
    onnotice: () => {},
    fetch_types: false,
    ...options,
    ...(sockets === null ? {} : { host: sockets }),
  }) as unknown as postgresTypes.Sql
  addArrayTypes(sql)
  return sql
}

/** Connections of `keyed`, at most: what one hub's engine does at once. */
const keyedConnections = 4

const keyedPlans = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  enable_sort: 'off',
}

/** Connections of `pages`, at most. */
const pageConnections = 4
/** How long one page may take the server, milliseconds. */
export const pageTime = 3_000

// A plan for any value would read a table whole to find what is rare; to join whole tables pays for those who want all of it.
const pagePlans = {
  plan_cache_mode: 'force_custom_plan',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  jit: 'off',
}

/**
 * A transaction in which this process says nothing for so long is ended by the server, milliseconds: when it is frozen, what it
 * has locked or is about to insert must not keep other hubs waiting.
 */
const silence = 8_000

/** Connects lazily. `url` is a PostgreSQL URL, or one with `?host=/socket/directory`. int8 comes back as a number. */
export function openDatabase(url: string, options: DatabaseOptions): Database {
  const types = { bigint: { to: 20, from: [20], serialize: String, parse: Number } }
  const connection = {
    application_name: 'sutler',
    statement_timeout: options.statementTimeout,
    idle_in_transaction_session_timeout: silence,
    ...(options.schemas === undefined ? {} : { search_path: options.schemas.join(', ') }),
  }
  const own = connect(url, { max: options.connections, connection, types })
  const pools =
    options.tenants &&
    new TenantPools(options.tenants, (tenant, { url: to, ...limits }) =>
      connect(to, { ...limits, connection: { ...connection, 'sutler.tenant': tenant }, types }),
    )
  const ofTenant = (tenant: string): postgresTypes.Sql => pools?.of(tenant) ?? own
  const here = (): postgresTypes.Sql => {
    const who = acting()
    return who === undefined || who.onInstallation ? own : ofTenant(who.principal.tenant)
  }
  const keyed = connect(url, { max: keyedConnections, connection: { ...connection, ...keyedPlans }, types })
  const pages = connect(url, {
    max: pageConnections,
    connection: { ...connection, ...pagePlans, statement_timeout: Math.min(pageTime, options.statementTimeout) },
    types,
  })
  let beforeCommit: BeforeCommit = async () => {}
  const attempt = async <T>(sql: postgresTypes.Sql, work: (tx: Tx) => Promise<T>, deadline: number): Promise<T> => {
    const after: (() => void)[] = []
    let result: T
    try {
      const begun = sql.begin(async (transaction) => {
        const tx = { sql: transaction, afterCommit: (then: () => void) => after.push(then), ...newNotes() }
        const worked = await work(tx)
        await Promise.all([writeLastRows(tx), beforeCommit(tx)])
        return worked
      })
      result = (await within(begun as Promise<T>, deadline, () => tooLong(deadline))) as T
    } catch (error) {
      throw asDatabaseError(error)
    }
    for (const then of after) then()
    return result
  }
  const through =
    (choose: () => postgresTypes.Sql) =>
    async <T>(work: (tx: Tx) => Promise<T>, { deadline, once }: TransactionLimits = {}): Promise<T> => {
      for (let attempts = once === true ? 1 : mostAttempts; ; attempts--)
        try {
          // The server watches over single statements; nobody else over a server that has gone silent.
          return await attempt(choose(), work, deadline ?? 4 * options.statementTimeout)
        } catch (error) {
          if (attempts === 1 || !isRace(error)) throw error
        }
    }
  return {
    sql: pools === undefined ? own : chosen(here),
    keyed,
    pages,
    transaction: through(here),
    ofTenant: (tenant) => ({
      sql: chosen(() => ofTenant(tenant)),
      transaction: through(() => ofTenant(tenant)),
    }),
    beforeCommit(hook) {
      beforeCommit = hook
    },
    async close() {
      await Promise.all([...[own, keyed, pages].map((pool) => pool.end({ timeout: 5 })), pools?.close()])
    },
  }
}

/** Of a transaction, or of a part of one that can be undone alone, that has changed nothing yet. */
export function newNotes(): Pick<Tx, 'audit' | 'last'> {
  return { audit: { decisions: [], events: [] }, last: new Map() }
}

/** A transaction is tried so often before its caller hears that others were in its way. */
const mostAttempts = 4

/** SQLSTATE: serialization failure, deadlock. */
function isRace(error: unknown): boolean {
  const cause = error instanceof OutsideError ? (error.cause as { code?: unknown } | undefined) : undefined
  return cause?.code === '40P01' || cause?.code === '40001'
}

function tooLong(deadline: number): OutsideError {
  return new OutsideError(databaseOverloaded, `A transaction did not end within ${deadline / 1000} s; it may yet.`)
}

/** Of the driver and of the system when the server is away, 57P0x: it is shutting down or starting. */
const lostConnection = /^(CONNECT|CONNECTION_|ECONN|EPIPE|ENOENT$|ENOTFOUND$|57P0)/
/** SQLSTATE: cancelled by the time-out, idle too long, out of disk, memory or connections, deadlock, input and output error. */
const overloaded = /^(57014|25P03|53|40001|40P01|58)/

/** Failures of the database or of the way to it become `OutsideError`; everything else is passed through. */
export function asDatabaseError(error: unknown): unknown {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: string }
  if (typeof code !== 'string' || error instanceof OutsideError) return error
  if (lostConnection.test(code)) return new OutsideError(databaseUnavailable, `PostgreSQL: ${code}`, { cause: error })
  const known = 'severity' in (error as object) && overloaded.test(code)
  return known ? new OutsideError(databaseOverloaded, `PostgreSQL: ${message} (${code})`, { cause: error }) : error
}

/** Kysely's typed query builder over any postgres.js handle. Cheap: make one per use. */
export function queries<Tables>(sql: Sql): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new HandleDriver(sql),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
}

/** Kysely driver that borrows a handle it does not own: no pool, no transactions of its own. */
class HandleDriver implements Driver {
  readonly #connection: DatabaseConnection
  constructor(sql: Sql) {
    this.#connection = {
      async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
        const rows = await sql.unsafe(query.sql, query.parameters as never[], { prepare: true })
        return { rows: [...rows] as R[], numAffectedRows: BigInt(rows.count ?? 0) }
      },
      // oxlint-disable-next-line require-yield
      async *streamQuery() {
        throw new OutsideError(databaseUnavailable, 'streaming queries go through the driver')
      },
    }
  }
  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }
  async beginTransaction(): Promise<void> {}
  async commitTransaction(): Promise<void> {}
  async rollbackTransaction(): Promise<void> {}
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}
