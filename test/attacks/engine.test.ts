import { answer } from '@sutler/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { patience } from '../journeys/household.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'

/** Published patterns that would go on for ever: the hub stops them at their budget, says so, and serves the others on. */

let hub: ComposedHub

const hostile = {
  model: 'hostile',
  version: '1.0.0',
  data: { n: 0, list: [] },
  states: ['on', 'over'],
  initial: ['on'],
  final: ['over'],
  signals: { loop: {}, toil: { args: { list: 'list' } }, add: { args: { n: 'int' } }, end: {} },
  transitions: [
    { name: 'loop', on: 'loop', from: ['on'], to: ['on'], set: { n: 'data.n + 1' }, emit: [{ signal: 'loop' }] },
    {
      name: 'toil',
      on: 'toil',
      from: ['on'],
      to: ['on'],
      set: { list: 'args.list.filter(a, args.list.all(b, args.list.all(c, a + b + c != 1)))' },
    },
    { name: 'add', on: 'add', from: ['on'], to: ['on'], set: { n: 'data.n + args.n' } },
    { name: 'end', on: 'end', from: ['on'], to: ['over'] },
  ],
}

beforeAll(async () => {
  hub = await composeHub({ clock: systemClock })
  answer(await hub.api.POST('/api/v1/models', { body: { document: hostile as never } }))
  for (const id of ['bad', 'good']) answer(await hub.api.POST('/api/v1/instances', { body: { model: 'hostile', id } }))
}, patience)

afterAll(() => hub?.stop(), patience)

const at = (id: string) => ({ params: { path: { model: 'hostile', id } } })
const send = async (id: string, type: string, args: object = {}) =>
  answer(
    await hub.api.POST('/api/v1/instances/{model}/{id}/signals', { ...at(id), body: { type, args: args as never } }),
  )
const shown = async (id: string) => answer(await hub.api.GET('/api/v1/instances/{model}/{id}', at(id)))

describe('a pattern of a real hub', { timeout: patience }, () => {
  test.each([
    ['runaway macrostep', 'loop', {}, 'runaway'],
    ['huge expression', 'toil', { list: Array.from({ length: 200 }, () => 1) }, 'over-budget'],
  ])('%s: stopped at its budget, undone, flagged; other instances go on', async (_what, type, args, reason) => {
    const before = (await shown('good')).data as { n: number }
    const [failed, ...others] = await Promise.all([
      send('bad', type, args),
      ...Array.from({ length: 5 }, () => send('good', 'add', { n: 1 })),
    ])
    expect(failed).toMatchObject({ outcome: 'failed', reason })
    expect(others.map(({ outcome }) => outcome)).toEqual(others.map(() => 'fired'))
    expect(await shown('bad')).toMatchObject({
      data: { n: 0, list: [] },
      states: ['on'],
      attention: expect.any(String),
    })
    expect(await shown('good')).toMatchObject({ data: { n: before.n + 5 } })
  })

  test('a document or text that is huge, or nested without end, is refused', async () => {
    const refused = async (body: object): Promise<number> => {
      const response = await fetch(`${hub.url}/api/v1/models`, {
        method: 'POST',
        headers: { authorization: `Bearer ${hub.connection.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      await response.text()
      return response.status
    }
    const deep = `${'('.repeat(20_000)}1${')'.repeat(20_000)}`
    const transitions = [{ ...hostile.transitions[0], set: { n: deep } }, ...hostile.transitions.slice(1)]
    expect([400, 422]).toContain(await refused({ document: { ...hostile, version: '2.0.0', transitions } }))
    expect([400, 422]).toContain(await refused({ text: `model x 1.0.0\n${'states a (initial)\n'.repeat(20_000)}` }))
    expect([400, 422]).toContain(await refused({ text: `model x 1.0.0\non ${'('.repeat(100_000)}` }))
    expect((await shown('good')).attention).toBeNull()
  })
})
