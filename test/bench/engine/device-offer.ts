import type { Task } from '../../../hub/src/engine/index.ts'
import type { Database } from '../../../hub/src/platform/database.ts'

/** The transactional task of `offer`: writes an output for the device, as the hub's own does. */
export async function deviceOffer({ sql }: Database): Promise<Task> {
  await sql`create table if not exists bench_output (
    id bigint generated always as identity primary key, device text, body json)`
  return {
    kind: 'transactional',
    async run({ sql: within }, started) {
      const outputs = JSON.stringify(started.map(({ args, key }) => ({ device: args['device'], key })))
      const rows = await within<{ id: number }[]>`
        insert into bench_output (device, body)
        select o->>'device', o from json_array_elements(${outputs}::text::json) o returning id`
      return rows.map(({ id }) => ({ done: { output: id } }))
    },
  }
}
