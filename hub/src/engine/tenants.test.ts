import { beforeEach, describe, expect, it } from 'vitest'
import { databaseForThisTest } from '../../../test/support/database.ts'
import { CallerError } from '../platform/errors.ts'
import { startHub, type TestHub } from './test/hub.ts'
import { recorder, tally } from './test/models.ts'

/** Who of several tenants makes an instance, and who of them may send it signals: decided where they are taken. */

const tenants = ['one', 'two', 'three', 'four']
let hubs: TestHub[]

beforeEach(async () => {
  const { url } = await databaseForThisTest()
  hubs = [await startHub({ url, models: [recorder, tally] }), await startHub({ url })]
})

/** The tenant whose instance it is; null = the signal was refused as one to an instance that nobody has. */
async function sent(hub: TestHub, tenant: string, to: string, type: string, create: boolean): Promise<string | null> {
  const signal = { to, type, args: type === 'note' ? { n: 1 } : {}, tenant, ...(create && { create: { tenant } }) }
  const { outcome } = await hub.engine.signal(signal).catch((error: unknown) => {
    if (error instanceof CallerError && error.entry.code === 'unknown-instance') return { outcome: null }
    throw error
  })
  expect([null, 'fired']).toContain(outcome)
  return outcome && tenant
}

const owner = async (id: string): Promise<string> => {
  const [row] = await hubs[0]!.database.sql<{ tenant: string }[]>`select tenant from engine_instance where id = ${id}`
  return row!.tenant
}

describe.each([
  ['without a transaction', 'recorder', 'note'],
  ['in a transaction, as where model data is written', 'tally', 'count'],
])('a signal %s', (_way, model, type) => {
  it('of several tenants at once that all create the instance makes it one’s; the others hear that there is none', async () => {
    for (let n = 0; n < 20; n++) {
      const id = `i${n}`
      const all = tenants.flatMap((tenant, t) =>
        [0, 1, 2].map(async (time) => {
          return { tenant, got: await sent(hubs[(t + time) % 2]!, tenant, `model:${model}/${id}`, type, true) }
        }),
      )
      const answers = await Promise.all(all)
      const whose = await owner(id)
      for (const { tenant, got } of answers)
        expect([id, tenant, got]).toEqual([id, tenant, tenant === whose ? whose : null])
    }
  })

  it('of another tenant is refused, with `create` and without, also while it has mail and is remembered', async () => {
    const to = `model:${model}/own`
    expect(await sent(hubs[0]!, 'one', to, type, true)).toBe('one')
    for (const hub of hubs) {
      for (const create of [true, false]) {
        const mail = { to, id: `m-${hubs.indexOf(hub)}-${create}`, type, args: type === 'note' ? { n: 2 } : {} }
        const [, theirs, own] = await Promise.all([
          hub.send(mail),
          sent(hub, 'two', to, type, create),
          sent(hub, 'one', to, type, create),
        ])
        expect([theirs, own]).toEqual([null, 'one'])
      }
    }
    expect(await owner('own')).toBe('one')
  })
})
