import type postgres from 'postgres'

export interface TenantPoolOptions {
  /** Of a login that sees the rows of the tenant that its connection was born with. */
  readonly url: string
  /** Connections of one tenant, at most. */
  readonly connections: number
}

/** Opens connections that are born with their tenant. */
type Open = (tenant: string, limits: { url: string; max: number; idle_timeout: number }) => postgres.Sql

/** Tenants that have connections at the same time; the one that was asked for least lately gives its own back. */
const mostPools = 8
/** Seconds after which a connection that nobody needs is closed. */
const idle = 60

/** A few connections for each tenant whose requests are being worked on. Who they are is settled when they are opened. */
export class TenantPools {
  readonly #options: TenantPoolOptions
  readonly #open: Open
  readonly #pools = new Map<string, postgres.Sql>()
  readonly #closing = new Set<Promise<void>>()

  constructor(options: TenantPoolOptions, open: Open) {
    this.#options = options
    this.#open = open
  }

  of(tenant: string): postgres.Sql {
    const known = this.#pools.get(tenant)
    if (known !== undefined) {
      // Maps iterate in insertion order: put back last = asked for last.
      if (this.#pools.size > 1) {
        this.#pools.delete(tenant)
        this.#pools.set(tenant, known)
      }
      return known
    }
    const { url, connections } = this.#options
    const pool = this.#open(tenant, { url, max: connections, idle_timeout: idle })
    this.#pools.set(tenant, pool)
    for (const [oldest, old] of this.#pools) {
      if (this.#pools.size <= mostPools) break
      this.#pools.delete(oldest)
      this.#close(old)
    }
    return pool
  }

  async close(): Promise<void> {
    for (const pool of this.#pools.values()) this.#close(pool)
    this.#pools.clear()
    await Promise.all(this.#closing)
  }

  /** What it still works on ends first. */
  #close(pool: postgres.Sql): void {
    const closing = pool.end({ timeout: 5 }).finally(() => this.#closing.delete(closing))
    this.#closing.add(closing)
  }
}

/** A handle that is another pool's each time it is used. */
export function chosen(choose: () => postgres.Sql): postgres.Sql {
  return new Proxy(() => {}, {
    apply: (_target, self, given) => Reflect.apply(choose() as never, self, given) as unknown,
    get: (_target, name) => Reflect.get(choose(), name) as unknown,
  }) as unknown as postgres.Sql
}
