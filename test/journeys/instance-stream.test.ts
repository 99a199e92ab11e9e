import { answer, followSteps, type StreamedStep } from '@sutler/client'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { within } from '../../hub/src/platform/wait.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { startHub, type HubProcess } from '../support/hub-process.ts'
import { until as untilSoon } from '../support/until.ts'
import { patience } from './household.ts'

const until: typeof untilSoon = (condition, options) => untilSoon(condition, { deadline: patience, ...options })

const text = `model counter 1.0.0

data n = 0

states on (initial), off (final)

signal add, stop

on add: on -> on
  set n = data.n + 1
on stop: on -> off
`

let database: TestDatabase
let hub: HubProcess

beforeAll(async () => {
  database = await testDatabase()
  hub = await startHub({ databaseUrl: database.url })
  await hub.api.POST('/api/v1/models', { body: { text } })
}, patience)

afterAll(async () => {
  await hub?.stop()
  await database?.close()
}, patience)

/** A stream that is open when this resolves; ended with the test. */
async function listen(of: { model: string; id?: string }): Promise<StreamedStep[]> {
  const stop = new AbortController()
  onTestFinished(() => stop.abort())
  const steps: StreamedStep[] = []
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const read = async (): Promise<void> => {
    const opened = (): void => resolve()
    for await (const step of followSteps(hub.connection, of, { signal: stop.signal, opened })) steps.push(step)
  }
  read().catch(reject)
  await promise
  return steps
}

const start = async (id: string) =>
  answer(await hub.api.POST('/api/v1/instances', { body: { model: 'counter', id, start: { signal: 'add' } } }))
const add = async (id: string) => {
  const params = { path: { model: 'counter', id } }
  return answer(await hub.api.POST('/api/v1/instances/{model}/{id}/signals', { params, body: { type: 'add' } }))
}
const counted = (steps: readonly StreamedStep[]): unknown[] => steps.map(({ step }) => step.data?.['n'])

describe('the live streams', { timeout: 3 * patience }, () => {
  it('go on where they were when the hub was killed: no gap, nothing twice', async () => {
    expect(await start('a')).toMatchObject({ returned: { outcome: 'fired' }, data: { n: 1 } })
    const [one, all] = [await listen({ model: 'counter', id: 'a' }), await listen({ model: 'counter' })]
    await add('a')
    await until(() => one.length === 1 && all.length === 1)
    await hub.kill()
    await hub.restart()
    for (let n = 0; n < 3; n++) await add('a')
    await until(() => one.length >= 4 && all.length >= 4)
    expect(counted(one)).toEqual([2, 3, 4, 5])
    expect(counted(all)).toEqual([2, 3, 4, 5])
    expect(one[0]).toMatchObject({ step: { model: 'counter', id: 'a', type: 'add', outcome: 'fired', states: ['on'] } })
  })

  it('end with the hub, which they do not hold up', async () => {
    await start('b')
    const steps = [await listen({ model: 'counter', id: 'b' }), await listen({ model: 'counter' })]
    // A server whose connections stay open is given ten seconds to end.
    await within(hub.stop(), 8_000, () => new Error('the streams hold up the hub'))
    expect(steps).toEqual([[], []])
  })
})
