import { expect, test } from 'vitest'
import { startHub } from './hub.ts'
import { core, scimOf } from './scim.ts'

test('members come and go by operations, and a group is found by name and member', async () => {
  const hub = await startHub()
  const { ask, user, group, patch, found } = await scimOf(hub)
  const [ada, bea, cleo] = [await user('ada'), await user('bea'), await user('cleo')]
  const id = await group('Engineers', [ada])
  const path = `/Groups/${id}`
  const members = async () =>
    ((await ask('GET', path)).json.members ?? []).map(({ display }: { display: string }) => display)
  const steps: [operations: object[], names: string[]][] = [
    [[{ op: 'add', path: 'members', value: [{ value: bea }, { value: ada }] }], ['ada', 'bea']],
    [[{ op: 'remove', path: `members[value eq "${ada}"]` }], ['bea']],
    [[{ op: 'Remove', path: 'members', value: [{ value: bea }] }], []],
    [[{ op: 'add', value: { members: [{ value: cleo }] } }], ['cleo']],
    [[{ op: 'replace', path: 'members', value: [{ value: ada }, { value: bea }] }], ['ada', 'bea']],
    [
      [
        { op: 'remove', path: 'members' },
        { op: 'add', path: 'members', value: { value: cleo } },
      ],
      ['cleo'],
    ],
  ]
  for (const [operations, names] of steps) {
    expect((await patch(path, ...operations)).status).toBe(204)
    expect([operations, await members()]).toEqual([operations, names])
  }
  expect(await found('displayName eq "ENGINEERS"', 'Groups')).toEqual(['Engineers'])
  expect(await found(`members.value eq "${cleo}"`, 'Groups')).toEqual(['Engineers'])
  expect(await found(`members[value eq "${ada}"]`, 'Groups')).toEqual([])
  const without = await ask(
    'GET',
    `/Groups?excludedAttributes=members&filter=${encodeURIComponent('externalId eq null')}`,
  )
  expect(without.json.Resources[0].members).toBe(undefined)
  expect((await ask('GET', `/Users/${cleo}`)).json.groups).toEqual([
    { value: id, $ref: `https://hub.test/scim/v2/Groups/${id}`, display: 'Engineers', type: 'direct' },
  ])
})

test('members that are nobody, groups in groups, and names that are taken are refused', async () => {
  const hub = await startHub()
  const { ask, group, patch } = await scimOf(hub)
  const id = await group('Engineers')
  for (const members of [
    [{ value: 'usr-nobody' }],
    [{ value: id, type: 'Group' }],
    [{ display: 'no value' }],
    ['usr-nobody'],
  ])
    expect((await patch(`/Groups/${id}`, { op: 'add', path: 'members', value: members })).json.scimType).toBe(
      'invalidValue',
    )
  const again = await ask('POST', '/Groups', { schemas: [`${core}:Group`], displayName: 'engineers' })
  expect([again.status, again.json.scimType]).toEqual([409, 'uniqueness'])
  for (const path of ['members[display eq "x"]', 'members.value'])
    expect((await patch(`/Groups/${id}`, { op: 'remove', path })).status).toBe(400)
})

test('who joins a group has the roles that it gives, and loses them with it', async () => {
  const hub = await startHub()
  const { group, patch, user, ask } = await scimOf(hub)
  const { id: bea, token } = await hub.person('bea', ['subscriber'])
  const id = await group('Auditors')
  const operator = await hub.operator()
  const give = (roles: string[], etag = '*') =>
    hub.request('PATCH', `/user-groups/${id}`, { token: operator, body: { roles }, headers: { 'if-match': etag } })
  expect((await give(['auditor'])).json).toMatchObject({ name: 'Auditors', roles: ['auditor'] })
  const roles = async () => (await hub.request('GET', '/me', { token })).json.roles
  expect(await roles()).toEqual(['subscriber'])
  await patch(`/Groups/${id}`, { op: 'add', path: 'members', value: [{ value: bea }] })
  expect(await roles()).toEqual(['subscriber', 'auditor'])
  await give([])
  expect(await roles()).toEqual(['subscriber'])
  await give(['developer'])
  expect(await roles()).toEqual(['developer', 'subscriber'])
  expect((await ask('DELETE', `/Groups/${id}`)).status).toBe(204)
  expect(await roles()).toEqual(['subscriber'])
  expect(await user('not lost')).toMatch(/^usr-/)
})

test('a key that may write groups gives no roles by them', async () => {
  const hub = await startHub()
  const { token, group } = await scimOf(hub)
  const id = await group('Anybody')
  const refused = await hub.request('PATCH', `/user-groups/${id}`, {
    token,
    body: { roles: ['operator'] },
    headers: { 'if-match': '*' },
  })
  expect(refused.status).toBe(403)
  const made = await hub.request('POST', '/user-groups', { token, body: { name: 'X', roles: ['operator'] } })
  expect(made.status).toBe(403)
})

test('operators keep groups of people by hand, too', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  const { id: bea } = await hub.person('bea', ['subscriber'])
  const made = await hub.request('POST', '/user-groups', { token, body: { name: 'Team', users: [bea] } })
  const path = `/user-groups/${made.json.id}`
  expect((await hub.request('GET', `${path}/members`, { token })).json.items).toEqual([{ id: bea, name: 'bea' }])
  expect((await hub.request('GET', '/user-groups', { token })).json.items[0]).toMatchObject({
    name: 'Team',
    members: 1,
  })
  const { id: cleo } = await hub.person('cleo', ['subscriber'])
  const of = async (user: string) => (await hub.request('GET', `/user-groups?user=${user}`, { token })).json.items
  expect([(await of(bea)).map(({ name }: { name: string }) => name), await of(cleo)]).toEqual([['Team'], []])
  await hub.request('POST', `${path}/members`, { token, body: { remove: [bea] } })
  expect((await hub.request('GET', `${path}/members`, { token })).json.items).toEqual([])
  expect((await hub.request('DELETE', path, { token })).status).toBe(204)
  expect((await hub.request('GET', path, { token })).status).toBe(404)
})
