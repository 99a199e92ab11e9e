import { expect, test } from 'vitest'
import { startHub } from './hub.ts'

test('names are told for ids, to each only of what they may see', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  const [meier, huber] = [await hub.household('Meier'), await hub.household('Huber')]
  const ida = await hub.person('ida', ['subscriber'], [meier])
  const { id: group } = (await hub.request('POST', '/groups', { token, body: { name: 'Pilot', devices: [] } })).json
  const ids = [meier, huber, ida.id, group, 'dev-that-nobody-has'].join(',')
  const named = async (who: string) => {
    const { json } = await hub.request('GET', `/names?ids=${ids}`, { token: who })
    return json.names.map(({ name }: { name: string }) => name).toSorted()
  }
  expect(await named(token)).toEqual(['Huber', 'Meier', 'Pilot', 'ida'])
  expect(await named(ida.token)).toEqual(['Meier', 'ida'])
  expect((await hub.request('GET', '/names?ids=no', { token })).status).toBe(400)
  const many = Array.from({ length: 101 }, (_, i) => `dev-${10_000 + i}`).join(',')
  expect((await hub.request('GET', `/names?ids=${many}`, { token })).status).toBe(400)
})
