import { describe, expect, it } from 'vitest'
import { houses, withRadio, type House } from './house.ts'

const house = houses()

/** A service of dora's with signed candidates, in a tenant that wants a second person for releases. */
async function watched(...versions: string[]): Promise<House> {
  const made = await withRadio(await house(), ...versions)
  expect((await made.call('olga', 'PUT', '/release-rule', { secondPerson: true })).body.secondPerson).toBe(true)
  return made
}

const radio = '/services/radio/versions/1.0.0'

describe('a version that a second person has to release', () => {
  it('is not released, promoted or moved by who published it, and by somebody else at once', async () => {
    const { call } = await watched('1.0.0')
    for (const [path, body] of [
      [`${radio}/release`, undefined],
      [`${radio}/state`, { state: 'released' }],
    ] as const) {
      const refused = await call('dora', 'POST', path, body)
      expect([refused.status, refused.body.type]).toEqual([409, '/problems/second-person-needed'])
    }
    expect((await call('olga', 'POST', `${radio}/release?channel=beta`)).body).toMatchObject({ state: 'released' })
    const promoted = await call('dora', 'POST', `${radio}/promote`, { channel: 'stable' })
    expect(promoted.body.type).toBe('/problems/second-person-needed')
    expect((await call('olga', 'POST', `${radio}/promote`, { channel: 'stable' })).body.channel).toBe('stable')
  })

  it('is asked for, approved with a reason, and both are told', async () => {
    const { call, events } = await watched('1.0.0')
    const asked = await call('dora', 'POST', `${radio}/release-requests`, { channel: 'beta', note: 'mends the clock' })
    expect(asked).toMatchObject({ status: 201, body: { state: 'waiting', channel: 'beta', askedBy: { id: 'dora' } } })
    const path = `/release-requests/${asked.body.id}`
    expect((await call('dora', 'GET', path)).body.mayDecide).toBe(false)
    expect((await call('olga', 'GET', '/release-requests?state=waiting')).body.items).toMatchObject([
      { id: asked.body.id, mayDecide: true, note: 'mends the clock' },
    ])
    const own = await call('dora', 'POST', `${path}/approve`, {})
    expect([own.status, own.body.type]).toEqual([403, '/problems/not-a-second-person'])
    const approved = await call('olga', 'POST', `${path}/approve`, { reason: 'tried it' })
    expect(approved.body).toMatchObject({ state: 'approved', decidedBy: { id: 'olga' }, reason: 'tried it' })
    expect((await call('dora', 'GET', radio)).body).toMatchObject({ state: 'released', channel: 'beta' })
    const again = await call('olga', 'POST', `${path}/approve`, {})
    expect([again.status, again.body.type]).toEqual([409, '/problems/release-request-settled'])
    expect((await events()).map(({ type }) => type).slice(-3)).toEqual([
      'release-request.created',
      'version.released',
      'release-request.approved',
    ])
  })

  it('stays a candidate when the request is refused, for which a reason is needed, or taken back', async () => {
    const { call } = await watched('1.0.0')
    const ask = async () => (await call('dora', 'POST', `${radio}/release-requests`, {})).body
    const first = await ask()
    expect((await call('dora', 'POST', `${radio}/release-requests`, {})).body.type).toBe(
      '/problems/release-request-waiting',
    )
    expect((await call('olga', 'POST', `/release-requests/${first.id}/refuse`, {})).status).toBe(400)
    expect((await call('olga', 'POST', `/release-requests/${first.id}/withdraw`, {})).status).toBe(403)
    const refused = await call('olga', 'POST', `/release-requests/${first.id}/refuse`, { reason: 'too early' })
    expect(refused.body).toMatchObject({ state: 'refused', reason: 'too early' })
    const second = await ask()
    expect((await call('dora', 'POST', `/release-requests/${second.id}/withdraw`, {})).body.state).toBe('withdrawn')
    expect((await call('dora', 'GET', radio)).body.state).toBe('candidate')
  })

  it('is nobody’s who does not develop it', async () => {
    const { call } = await watched('1.0.0')
    const { id } = (await call('dora', 'POST', `${radio}/release-requests`, {})).body
    expect((await call('dave', 'GET', '/release-requests')).body.items).toEqual([])
    expect((await call('dave', 'POST', `/release-requests/${id}/approve`, {})).status).toBe(403)
    expect((await call('dave', 'POST', `${radio}/release-requests`, {})).status).toBe(404)
    expect((await call('dora', 'PUT', '/release-rule', { secondPerson: false })).status).toBe(403)
  })

  it('is nothing that anybody wants, unless somebody says so', async () => {
    const { call } = await house()
    expect((await call('olga', 'GET', '/release-rule')).body).toEqual({
      secondPerson: false,
      changedBy: null,
      changedAt: null,
    })
  })
})
