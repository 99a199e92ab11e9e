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
import postgres from 'postgres'
import { OutsideError, errorCode } from './errors.ts'

export const databaseUnavailable = errorCode(
  'database-unavailable',
  503,
  'The database cannot be reached',
  'Check that PostgreSQL runs and accepts connections (DATABASE_URL, or the embedded one under the data directory); nothing was lost, try again.',
)

/** A postgres.js handle: the pool or one transaction. */
export type Sql = postgres.Sql | postgres.TransactionSql

/** One transaction. Modules hand it to one another so that their rows commit together. */
export interface Tx {
  readonly sql: postgres.TransactionSql
  /** Runs after the commit (never after a rollback): doorbells, caches. Must not throw. */
  afterCommit(then: () => void): void
}

export interface Database {
  readonly sql: postgres.Sql
  /** Runs `work` in one READ COMMITTED transaction. @throws whatever `work` throws, after the rollback */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** Upper bound of connections. */
  readonly connections: number
  /** Any statement running longer is cancelled by the server, milliseconds. */
  readonly statementTimeout: number
}

/** A postgres.js handle for `url`; it does not itself understand libpq's `?host=/socket/directory`. */
export function connect(url: string, options: postgres.Options<Record<string, postgres.PostgresType>>): postgres.Sql {
  const parsed = new URL(url)
  const sockets = parsed.searchParams.get('host')
  parsed.searchParams.delete('host')
  return postgres(parsed.href, {
    connect_timeout: 10,
    idle_timeout: 0,
    max_lifetime: null,
    // Seconds until the next try to connect: soon, for a database that restarts is back within a second or two.
    backoff: (tries: number) => Math.min(0.05 * 2 ** tries, 2),
    onnotice: () => {},
    ...options,
    ...(sockets === null ? {} : { host: sockets }),
  }) as unknown as postgres.Sql
}

/** Connects lazily. `url` is a PostgreSQL URL, or one with `?host=/socket/directory`. int8 comes back as a number. */
export function openDatabase(url: string, options: DatabaseOptions): Database {
  const sql = connect(url, {
    max: options.connections,
    connection: { application_name: 'sutler', statement_timeout: options.statementTimeout },
    types: { bigint: { to: 20, from: [20], serialize: String, parse: Number } },
  })
  return {
    sql,
    async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
      const after: (() => void)[] = []
      let result: T
      try {
        result = (await sql.begin((transaction) =>
          work({ sql: transaction, afterCommit: (then) => after.push(then) }),
        )) as T
      } catch (error) {
        throw asDatabaseError(error)
      }
      for (const then of after) then()
      return result
    },
    close: () => sql.end({ timeout: 5 }),
  }
}

/** Connection failures become `OutsideError`; everything else is passed through. */
function asDatabaseError(error: unknown): unknown {
  const code = (error as { code?: string } | null)?.code ?? ''
  const lost = /^(CONNECT|ECONN|EPIPE|ENOENT|CONNECTION_)/.test(code) || code === '57P01' || code === '57P03'
  return lost ? new OutsideError(databaseUnavailable, `PostgreSQL: ${code}`, { cause: error }) : error
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
