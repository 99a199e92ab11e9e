import type { BenchOptions } from '../measure.ts'
import { createPeerTables } from './peer-tables.ts'
import { openPgbench } from './pgbench.ts'
import { instances } from './population.ts'
import { startHub, startProgram, type Hub, type Raw } from './program.ts'
import { openServer, type BenchServer } from './server.ts'

/** What most parts have in common: the server, one hub with its instances, and raw SQL beside it. */
export interface Stage extends BenchOptions {
  readonly server: BenchServer
  readonly hub: Hub
  readonly raw: Raw
  readonly single: SingleStatement
}

/** The least of durable engines: insert, update and insert in one statement of a client's own. */
export interface SingleStatement {
  /** For the table. */
  readonly name: string
  /** Per second. */
  rate(clients: number, milliseconds: number): Promise<number>
}

export async function openStage(options: BenchOptions): Promise<Stage> {
  const { resources } = options
  const server = await openServer(resources)
  await createPeerTables(server)
  const hub = await startHub(server.url(), resources)
  await hub.ask({ do: 'create', model: 'counter', count: instances })
  const raw: Raw = startProgram('raw-process.ts', resources)
  await raw.ask({ do: 'start', url: server.url(), connections: 32 })
  return { ...options, server, hub, raw, single: await singleStatement(server, raw, options) }
}

async function singleStatement(server: BenchServer, raw: Raw, options: BenchOptions): Promise<SingleStatement> {
  const pgbench = await openPgbench(server, options)
  if (pgbench) return { name: 'pgbench', rate: (clients, milliseconds) => pgbench.rate(clients, milliseconds / 1_000) }
  return {
    name: 'raw loop (no pgbench here)',
    rate: async (clients, milliseconds) =>
      (await raw.ask<{ rate: number }>({ do: 'call', callers: clients, milliseconds })).rate,
  }
}
