import { setTimeout as pause } from 'node:timers/promises'
import type { Task, TaskCall } from '../../../hub/src/engine/index.ts'
import type { Database } from '../../../hub/src/platform/database.ts'
import type { Gate } from './protocol.ts'

/**
 * What the load's tasks and senders leave behind, to be counted. Nothing is unique in `booking` and `attempt`: what is done
 * twice is there twice.
 */
export async function createLoadTables({ sql }: Database): Promise<void> {
  await sql`create table booking (key text not null)`
  await sql`
    create table attempt (
      id bigint generated always as identity primary key, key text not null, hub int not null,
      begun_at bigint not null, ended_at bigint)`
  await sql`create table sent (instance text not null, signal text not null, primary key (instance, signal))`
}

/** Every other attempt for such an instance fails by itself. */
const unlucky = /7/

/** `gate` is passed by whoever comes to it. */
export function loadTasks(database: Database, gate: (gate: Gate) => Promise<void>): Readonly<Record<string, Task>> {
  return {
    book: {
      kind: 'transactional',
      async run({ sql }, calls) {
        const keys = JSON.stringify(calls.map(({ key }) => key))
        await sql`insert into booking select json_array_elements_text(${keys}::text::json)`
        await gate('in-task')
        return calls.map(() => ({ done: {} }))
      },
    },
    call: { kind: 'external', run: (call) => attempt(database, call, gate) },
  }
}

async function attempt({ sql }: Database, { key, id }: TaskCall, gate: (gate: Gate) => Promise<void>): Promise<{}> {
  const [row] = await sql<{ id: number }[]>`
    insert into attempt (key, hub, begun_at) values (${key}, ${process.pid}::int, ${Date.now()}::bigint) returning id`
  await gate('in-call')
  await pause(Math.random() * 60)
  await sql`update attempt set ended_at = ${Date.now()}::bigint where id = ${row!.id}::bigint`
  if (unlucky.test(id) && Math.random() < 0.5) throw new RangeError('nobody answers')
  return {}
}
