import { describe, expect, it } from 'vitest'
import { houses, withRadio, type House } from './house.ts'

const house = houses()

const radio = async (...versions: string[]): Promise<House> => withRadio(await house(), ...versions)

describe('channels', () => {
  it('a version is released to stable, unless another is named, and goes towards stable only', async () => {
    const { call, events } = await radio('1.0.0', '2.0.0')
    const stable = await call('dora', 'POST', '/services/radio/versions/1.0.0/release')
    expect(stable.body).toMatchObject({ state: 'released', channel: 'stable' })
    const alpha = await call('dora', 'POST', '/services/radio/versions/2.0.0/release?channel=alpha')
    expect(alpha.body).toMatchObject({ state: 'released', channel: 'alpha' })
    const promote = (channel: string) => call('dora', 'POST', '/services/radio/versions/2.0.0/promote', { channel })
    expect((await promote('beta')).body).toMatchObject({ channel: 'beta' })
    expect((await promote('beta')).status).toBe(200)
    const back = await promote('alpha')
    expect([back.status, back.body.type]).toEqual([409, '/problems/channel-not-allowed'])
    expect(back.body.detail).toBe(
      'radio 2.0.0 cannot be promoted to alpha: it is on beta and can only be promoted to stable.',
    )
    const told = (await events()).filter((event) => event.type === 'version.promoted')
    expect(told.map((event) => event.data)).toEqual([
      { service: 'radio', version: '2.0.0', state: 'released', channel: 'beta', from: 'alpha' },
    ])
  })

  it('a version that was released is not released to another channel, and none is promoted before', async () => {
    const { call } = await radio('1.0.0')
    const early = await call('dora', 'POST', '/services/radio/versions/1.0.0/promote', { channel: 'stable' })
    expect([early.status, early.body.type]).toEqual([409, '/problems/state-not-allowed'])
    await call('dora', 'POST', '/services/radio/versions/1.0.0/release?channel=beta')
    const again = await call('dora', 'POST', '/services/radio/versions/1.0.0/release?channel=stable')
    expect(again.body.detail).toBe('radio 1.0.0 cannot be released to stable: it was released to beta.')
    expect((await call('dora', 'POST', '/services/radio/versions/1.0.0/release')).body.channel).toBe('beta')
  })
})

describe('what is said of a service', () => {
  it('can be changed, and services are listed by category', async () => {
    const { call, events } = await house()
    await call('dora', 'POST', '/services', { id: 'radio', title: 'Radio', categories: ['music', 'audio'] })
    await call('dora', 'POST', '/services', { id: 'films', title: 'Films', categories: ['video'], parental: 16 })
    const listed = async (category: string) =>
      (await call('dora', 'GET', `/services?category=${category}`)).body.items.map(({ id }: { id: string }) => id)
    expect(await listed('audio')).toEqual(['radio'])
    const changed = await call('dora', 'PATCH', '/services/radio', { categories: ['video', 'audio', 'audio'] })
    expect(changed.body).toMatchObject({ title: 'Radio', categories: ['audio', 'video'], parental: 0 })
    expect(await listed('video')).toEqual(['films', 'radio'])
    await call('dora', 'PATCH', '/services/radio', { title: 'Radio' })
    expect((await events()).map(({ type }) => type)).toEqual(['service.created', 'service.created', 'service.changed'])
  })

  it('is refused where it is no category or no age', async () => {
    const { call } = await house()
    const body = { id: 'radio', title: 'Radio', categories: ['Music!'], parental: 99 }
    const { status, body: problem } = await call('dora', 'POST', '/services', body)
    expect([status, problem.errors.map(({ pointer }: { pointer: string }) => pointer)]).toEqual([
      400,
      ['/categories/0', '/parental'],
    ])
  })
})

describe('components that wait for one another', () => {
  it('are told in the order that they have, and a circle is refused', async () => {
    const { call, file } = await house()
    await call('dora', 'POST', '/services', { id: 'radio', title: 'Radio' })
    const files = [await file('index.html', '<h1>Radio</h1>')]
    const publish = (version: string, ...after: string[][]) =>
      call('dora', 'POST', '/services/radio/versions', {
        version,
        components: after.map((names, at) => ({ name: `part-${at}`, deviceClass: 'phone', files, after: names })),
      })
    const good = await publish('1.0.0', [], ['part-0'])
    expect(good.body.components.map(({ after }: { after: string[] }) => after)).toEqual([[], ['part-0']])
    expect((await publish('1.0.0', [], ['part-0'])).status).toBe(200)
    expect((await publish('1.0.0', [], [])).body.type).toBe('/problems/version-exists')
    const circle = await publish('1.1.0', ['part-2'], ['part-0'], ['part-1'])
    expect(circle.body.errors).toEqual([
      {
        pointer: '/components/0/after',
        detail: 'waits in a circle: part-0 after part-2 after part-1 after part-0; none of them could ever start',
      },
    ])
    const names = await publish('1.1.0', ['part-0', 'part-9', 'part-1', 'part-1'], [])
    expect(names.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/components/0/after/0',
      '/components/0/after/1',
      '/components/0/after/3',
    ])
  })
})
