import { expect, test } from 'vitest'
import { startHub } from './hub.ts'
import { core, enterprise, home, scimOf } from './scim.ts'

test('a person is brought with all that is said of them, read back, and has an account without a password', async () => {
  const hub = await startHub()
  const { ask } = await scimOf(hub)
  const household = await hub.household('Byron')
  const sent = {
    schemas: [`${core}:User`, enterprise, home],
    userName: 'Ada.Byron@Example.org',
    externalId: 'entra-1',
    name: { givenName: 'Ada', familyName: 'Byron' },
    emails: [
      { value: 'old@example.org', type: 'home' },
      { value: 'ada@example.org', type: 'work', primary: true },
    ],
    title: 'Countess',
    password: 'is not heeded, whatever it is',
    [enterprise]: { department: 'Engines', manager: { value: 'usr-charles' } },
    [home]: { households: [{ value: household }] },
  }
  const made = await ask('POST', '/Users', sent)
  const { id } = made.json
  expect(made.status).toBe(201)
  expect(made.headers.get('content-type')).toBe('application/scim+json')
  expect(made.headers.get('location')).toBe(`https://hub.test/scim/v2/Users/${id}`)
  const { password: _password, ...kept } = sent
  expect(made.json).toEqual({
    ...kept,
    id,
    active: true,
    displayName: 'Ada Byron',
    [home]: { households: [{ value: household, display: 'Byron' }] },
    meta: {
      resourceType: 'User',
      created: '2026-01-01T00:00:00.000Z',
      lastModified: '2026-01-01T00:00:00.000Z',
      location: `https://hub.test/scim/v2/Users/${id}`,
      version: made.headers.get('etag'),
    },
  })
  expect((await ask('GET', `/Users/${id}`)).json).toEqual(made.json)
  const token = await hub.operator()
  expect((await hub.request('GET', `/users/${id}`, { token })).json).toMatchObject({
    name: 'Ada Byron',
    email: 'ada@example.org',
    households: [household],
  })
  expect((await hub.request('GET', `/accounts/${id}`, { token })).json).toMatchObject({
    name: 'ada.byron@example.org',
    roles: ['subscriber'],
    disabled: false,
  })
})

test('a user name is taken whatever its case, also by an account that was made here', async () => {
  const hub = await startHub()
  const { ask, user } = await scimOf(hub)
  await user('Ada')
  for (const userName of ['ada', 'ADA', 'operator']) {
    const refused = await ask('POST', '/Users', { schemas: [`${core}:User`], userName })
    expect([refused.status, refused.json.scimType, refused.json.status]).toEqual([409, 'uniqueness', '409'])
  }
})

test('people who are brought at the same time are answered each by their own, and each is in the audit by its own decision', async () => {
  const hub = await startHub()
  const { ask } = await scimOf(hub)
  await ask('POST', '/Users', { schemas: [`${core}:User`], userName: 'there@example.org' })
  const userNames = [
    'a@example.org',
    'there@example.org',
    'b@example.org',
    'B@example.org',
    'a-@example.org',
    'a+@example.org',
  ]
  const answers = await Promise.all(
    userNames.map((userName) => ask('POST', '/Users', { schemas: [`${core}:User`], userName })),
  )
  const bad = { schemas: [`${core}:User`], userName: 'c@example.org', [home]: { households: [{ value: 'hh-none' }] } }
  expect((await ask('POST', '/Users', bad)).json.scimType).toBe('invalidValue')
  expect(answers.map(({ status }) => status)).toEqual([201, 409, 201, 409, 201, 201])
  const token = await hub.operator()
  const made = answers.filter(({ status }) => status === 201)
  const names = made.map(async ({ json }) => (await hub.request('GET', `/accounts/${json.id}`, { token })).json.name)
  // Two that are the same in the characters of log-in names.
  expect(new Set(await Promise.all(names)).size).toBe(4)
  for (const { json } of made) {
    const { items } = (await hub.request('GET', `/audit?about=${json.id}&action=user.write`, { token })).json
    const of = items.map(({ changes }: { changes: { type: string; subject: string }[] }) =>
      changes.map(({ type, subject }) => [type, subject]),
    )
    expect(of).toEqual([['user.created', 'account.created'].map((type) => [type, json.id])])
  }
})

test('active: false disables the account and ends its sessions; the last operator stays', async () => {
  const hub = await startHub()
  const { patch, found, ask } = await scimOf(hub)
  const { id, token } = await hub.person('bea', ['developer'])
  expect((await hub.request('GET', '/me', { token })).status).toBe(200)
  // As one client sends it: a text, and the operation's first letter large.
  const { json } = await patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'False' })
  expect(json.active).toBe(false)
  expect((await hub.request('GET', '/me', { token })).status).toBe(401)
  expect(await found('active eq false')).toEqual(['bea'])
  await patch(`/Users/${id}`, { op: 'replace', value: { active: true } })
  expect((await hub.request('GET', '/me', { token: await hub.login('bea', 'bea long password') })).status).toBe(200)
  const [operator] = (await ask('GET', '/Users?filter=userName%20eq%20%22operator%22')).json.Resources
  const refused = await patch(`/Users/${operator.id}`, { op: 'replace', path: 'active', value: false })
  expect([refused.status, refused.json.schemas]).toEqual([409, ['urn:ietf:params:scim:api:messages:2.0:Error']])
})

test('a person who is deleted has no account any more, and is not brought back to life by a later one', async () => {
  const hub = await startHub()
  const { ask, user } = await scimOf(hub)
  const id = await user('ada', { displayName: 'Ada' })
  expect((await ask('DELETE', `/Users/${id}`)).status).toBe(204)
  for (const method of ['GET', 'DELETE']) expect((await ask(method, `/Users/${id}`)).status).toBe(404)
  const token = await hub.operator()
  expect((await hub.request('GET', `/accounts/${id}`, { token })).status).toBe(404)
  expect((await hub.request('GET', `/users/${id}`, { token })).json.name).toBe('Ada')
  expect(await user('ada')).not.toBe(id)
})

test('PATCH takes every form of path', async () => {
  const hub = await startHub()
  const { patch, user } = await scimOf(hub)
  const household = await hub.household('Home')
  const id = await user('ada', {
    name: { givenName: 'Ada' },
    emails: [
      { value: 'a@example.org', type: 'home', primary: true },
      { value: 'b@example.org', type: 'work' },
    ],
  })
  const steps: [operation: object, shown: object][] = [
    [{ op: 'add', path: 'name.familyName', value: 'Byron' }, { name: { givenName: 'Ada', familyName: 'Byron' } }],
    [{ op: 'replace', path: `${core}:User:title`, value: 'Countess' }, { title: 'Countess' }],
    [{ op: 'remove', path: 'title' }, {}],
    [{ op: 'add', value: { 'name.middleName': 'Augusta', nickname: 'A', unknown: 1 } }, { nickName: 'A' }],
    [
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'c@example.org' },
      { emails: [{ type: 'home' }, { value: 'c@example.org', type: 'work' }] },
    ],
    [
      { op: 'add', path: 'emails[type eq "work"].primary', value: true },
      { emails: [{ primary: false }, { primary: true }] },
    ],
    [
      { op: 'add', path: 'phoneNumbers[type eq "mobile"].value', value: '+1' },
      { phoneNumbers: [{ type: 'mobile', value: '+1' }] },
    ],
    [
      { op: 'remove', path: 'emails[value co "a@" and not (type eq "work")]' },
      { emails: [{ value: 'c@example.org' }] },
    ],
    [{ op: 'add', path: `${enterprise}:department`, value: 'X' }, { [enterprise]: { department: 'X' } }],
    [
      { op: 'replace', value: { [enterprise]: { division: 'Y' } } },
      { [enterprise]: { department: 'X', division: 'Y' } },
    ],
    [{ op: 'remove', path: `${enterprise}:department` }, { [enterprise]: { division: 'Y' } }],
    [
      { op: 'add', path: `${home}:households`, value: [{ value: household }] },
      { [home]: { households: [{ value: household, display: 'Home' }] } },
    ],
    [{ op: 'remove', path: `${home}:households[value eq "${household}"]` }, {}],
  ]
  for (const [operation, shown] of steps) {
    const answer = await patch(`/Users/${id}`, operation)
    expect([operation, answer.status, answer.json]).toEqual([operation, 200, expect.objectContaining({ id })])
    expect(answer.json).toMatchObject(shown)
  }
  const { json } = await patch(`/Users/${id}`, { op: 'replace', path: 'externalId', value: 'x' })
  expect(json.title ?? json[home]).toBe(undefined)
  expect(json.name).toEqual({ givenName: 'Ada', familyName: 'Byron', middleName: 'Augusta' })
})

test('nonsense in PATCH is refused with its keyword and place, and changes nothing', async () => {
  const hub = await startHub()
  const { patch, ask, user } = await scimOf(hub)
  const id = await user('ada', { emails: [{ value: 'a@example.org', type: 'home' }] })
  const before = (await ask('GET', `/Users/${id}`)).text
  const cases: [operation: object, keyword: string][] = [
    [{ op: 'move', path: 'title', value: 'x' }, 'invalidSyntax'],
    [{ op: 'remove' }, 'noTarget'],
    [{ op: 'replace', path: 'nowhere', value: 'x' }, 'invalidPath'],
    [{ op: 'replace', path: 'name.nowhere', value: 'x' }, 'invalidPath'],
    [{ op: 'replace', path: 'emails[type eq', value: 'x' }, 'invalidPath'],
    [{ op: 'replace', path: 'title[value eq "x"]', value: 'x' }, 'invalidPath'],
    [{ op: 'replace', path: '__proto__.polluted', value: 'x' }, 'invalidPath'],
    [{ op: 'replace', path: ['title'], value: 'x' }, 'invalidPath'],
    [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'x@example.org' }, 'noTarget'],
    [{ op: 'replace', path: 'id', value: 'x' }, 'mutability'],
    [{ op: 'add', path: 'groups', value: [{ value: 'x' }] }, 'mutability'],
    [{ op: 'remove', path: 'userName' }, 'invalidValue'],
    [{ op: 'replace', path: 'active', value: 'perhaps' }, 'invalidValue'],
    [{ op: 'replace', path: 'title', value: { a: 1 } }, 'invalidValue'],
    [{ op: 'replace', path: 'displayName', value: 'a\u0007b' }, 'invalidValue'],
    [{ op: 'replace', path: 'title', value: 'x'.repeat(5000) }, 'invalidValue'],
    [{ op: 'replace', path: 'emails', value: [{ value: 'nobody' }] }, 'invalidValue'],
    [{ op: 'add', path: `${home}:households`, value: [{ value: 'hh-nowhere' }] }, 'invalidValue'],
    [{ op: 'add', value: 'x' }, 'invalidValue'],
    [{ op: 'replace', path: 'emails[type eq "home"]', value: {} }, 'invalidValue'],
  ]
  for (const [operation, keyword] of cases) {
    const answer = await patch(`/Users/${id}`, { op: 'add', path: 'title', value: 'lost' }, operation)
    expect([operation, answer.status, answer.json.scimType]).toEqual([operation, 400, keyword])
  }
  for (const body of [
    {},
    { schemas: [] },
    { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [] },
  ])
    expect((await ask('PATCH', `/Users/${id}`, body)).json.scimType).toBe('invalidSyntax')
  expect((await ask('GET', `/Users/${id}`)).text).toBe(before)
})

test('what is not sent by PUT goes, and a change based on another version is refused', async () => {
  const hub = await startHub()
  const { ask, user } = await scimOf(hub)
  const id = await user('ada', { title: 'Countess', nickName: 'A' })
  const etag = (await ask('GET', `/Users/${id}`)).headers.get('etag')!
  expect((await ask('GET', `/Users/${id}`, undefined, { 'if-none-match': etag })).status).toBe(304)
  const sent = { schemas: [`${core}:User`], userName: 'ada', title: 'Lady' }
  const changed = await ask('PUT', `/Users/${id}`, sent, { 'if-match': etag })
  expect([changed.status, changed.json.title, changed.json.nickName]).toEqual([200, 'Lady', undefined])
  expect((await ask('PUT', `/Users/${id}`, sent, { 'if-match': etag })).status).toBe(412)
  // Changed by an operator: another version, and SCIM shows it.
  const token = await hub.operator()
  const headers = { 'if-match': '*' }
  await hub.request('PATCH', `/users/${id}`, { token, headers, body: { name: 'Ada L.', email: 'l@example.org' } })
  const now = await ask('GET', `/Users/${id}`)
  expect(now.json).toMatchObject({ displayName: 'Ada L.', emails: [{ value: 'l@example.org', primary: true }] })
  expect(now.headers.get('etag')).not.toBe(changed.headers.get('etag'))
})

test('people are found by filters, page by page, with the attributes that are asked for', async () => {
  const hub = await startHub()
  const { ask, user, found, group } = await scimOf(hub)
  hub.clock.advance(60_000)
  for (const [userName, department, type] of [
    ['ada', 'Engines', 'work'],
    ['Charles', 'Engines', 'home'],
    ['mary%', 'Science', 'work'],
  ])
    await user(userName!, {
      externalId: `X-${userName}`,
      emails: [{ value: `${userName!.replace('%', '')}@example.org`, type }],
      [enterprise]: { department },
    })
  const ada = (await ask('GET', '/Users?filter=userName%20eq%20%22ADA%22')).json.Resources[0].id
  const readers = await group('Readers', [ada])
  const cases: [filter: string, names: string[]][] = [
    ['userName eq "CHARLES"', ['Charles']],
    ['userName sw "A" or userName ew "les"', ['ada', 'Charles']],
    ['userName co "%"', ['mary%']],
    ['externalId eq "X-ada"', ['ada']],
    ['externalId eq "x-ada"', []],
    [`${enterprise}:department eq "engines" and not (userName eq "ada")`, ['Charles']],
    ['emails[type eq "work" and value co "@example"]', ['ada', 'mary%']],
    ['emails[type eq "work"].value eq "ADA@example.org"', ['ada']],
    ['emails.value eq "charles@example.org"', ['Charles']],
    ['emails eq "charles@example.org"', ['Charles']],
    ['title pr', []],
    ['not (emails pr)', ['operator']],
    ['title eq null and userName ne "operator"', ['ada', 'Charles', 'mary%']],
    [`groups.value eq "${readers}"`, ['ada']],
    ['groups[display eq "READERS"]', ['ada']],
    ['meta.created gt "2026-01-01T00:00:30Z" and userName gt "b"', ['Charles', 'mary%']],
    ['userName eq "\' or true --"', []],
    ['userName eq "a\\"b"', []],
  ]
  for (const [filter, names] of cases) expect([filter, await found(filter)]).toEqual([filter, names])
  const { json } = await ask('GET', '/Users?startIndex=2&count=2&attributes=userName,emails.value,meta')
  expect(json).toMatchObject({ totalResults: 4, startIndex: 2, itemsPerPage: 2 })
  const [first] = json.Resources
  expect(Object.keys(first).toSorted()).toEqual(['emails', 'id', 'meta', 'schemas', 'userName'])
  expect(first.emails).toEqual([{ value: 'ada@example.org' }])
  expect((await ask('GET', '/Users?count=0')).json).toMatchObject({ totalResults: 4, Resources: [] })
  expect((await ask('GET', '/Users?startIndex=-5&count=-1')).json.startIndex).toBe(1)
  const without = (await ask('GET', `/Users/${ada}?excludedAttributes=groups,emails.type,id`)).json
  expect([without.id, without.groups, without.emails]).toEqual([ada, undefined, [{ value: 'ada@example.org' }]])
})

test('people are sorted by what is asked for, whoever has no such value last, and first where it is descending', async () => {
  const hub = await startHub()
  const { ask, user } = await scimOf(hub)
  const emails = (...values: string[]) => values.map((value, i) => ({ value, primary: i === 1 }))
  await user('b', { name: { familyName: 'Zuse' }, emails: emails('z@example.org', 'a@example.org') })
  await user('A', { name: { familyName: 'anders' }, emails: emails('c@example.org') })
  await user('c', { active: false })
  const sorted = async (query: string) => {
    const { json } = await ask('GET', `/Users?filter=${encodeURIComponent('userName ne "operator"')}&${query}`)
    return json.Resources.map(({ userName }: { userName: string }) => userName).join(' ')
  }
  expect(await sorted('sortBy=userName')).toBe('A b c')
  expect(await sorted('sortBy=USERNAME&sortOrder=descending')).toBe('c b A')
  expect(await sorted('sortBy=userName&startIndex=2&count=1')).toBe('b')
  expect(await sorted('sortBy=name.familyName')).toBe('A b c')
  expect(await sorted('sortBy=name.familyName&sortOrder=descending')).toBe('c b A')
  expect(await sorted('sortBy=emails')).toBe('b A c')
  expect(await sorted('sortBy=active')).toBe('c b A')
  expect(await sorted('sortBy=meta.created&sortOrder=descending')).toBe('b A c')
  for (const query of [
    'sortBy=planet',
    'sortBy=name',
    'sortBy=groups',
    'sortBy=meta.location',
    'sortBy=id&sortOrder=up',
  ])
    expect([query, (await ask('GET', `/Users?${query}`)).json.scimType]).toEqual([query, 'invalidValue'])
  const { json } = await ask('GET', '/Groups?sortBy=displayName&sortOrder=descending')
  expect(json.Resources).toEqual([])
})

test('a filter that is wrong is refused with its place', async () => {
  const hub = await startHub()
  const { ask } = await scimOf(hub)
  const nested = `${'('.repeat(40)}title pr${')'.repeat(40)}`
  for (const filter of [
    'userName',
    'userName xx "a"',
    'nowhere eq "a"',
    'active gt true',
    'active eq "yes"',
    'userName eq 4',
    'meta.created eq "yesterday"',
    'userName eq "unfinished',
    '(title pr',
    'title pr or',
    'photos.display eq "x" and meta.location pr',
    nested,
    Array.from({ length: 60 }, () => 'title pr').join(' or '),
  ]) {
    const answer = await ask('GET', `/Users?filter=${encodeURIComponent(filter)}`)
    expect([filter, answer.status, answer.json.scimType]).toEqual([filter, 400, 'invalidFilter'])
  }
})

test('what SCIM can do here is said to whoever asks, and not filtered', async () => {
  const hub = await startHub()
  const { ask } = await scimOf(hub)
  const config = await ask('GET', '/ServiceProviderConfig')
  expect(config.json).toMatchObject({
    patch: { supported: true },
    bulk: { supported: true, maxOperations: 500, maxPayloadSize: 1024 * 1024 },
    sort: { supported: true },
    filter: { maxResults: 200 },
  })
  const types = (await ask('GET', '/ResourceTypes')).json
  expect(types.Resources.map(({ id }: { id: string }) => id)).toEqual(['User', 'Group'])
  const schema = await ask('GET', `/Schemas/${core}:User`)
  const userName = schema.json.attributes.find(({ name }: { name: string }) => name === 'userName')
  expect(userName).toMatchObject({ required: true, uniqueness: 'server', mutability: 'readWrite' })
  expect((await ask('GET', '/Schemas?filter=id%20pr')).status).toBe(403)
  expect((await ask('GET', '/ResourceTypes/Planet')).json).toMatchObject({ status: '404' })
})

test('only who may write people brings them, and a key for that gives nobody a role', async () => {
  const hub = await startHub()
  const { token: key, user } = await scimOf(hub)
  const id = await user('ada')
  const { token } = await hub.person('bea', ['subscriber'], [await hub.household()])
  const body = { schemas: [`${core}:User`], userName: 'x' }
  expect((await hub.request('POST', '/scim/v2/Users', { token, body })).status).toBe(403)
  expect((await hub.request('GET', `/scim/v2/Users/${id}`, { token })).status).toBe(404)
  expect((await hub.request('GET', '/scim/v2/Users', { token })).json.Resources.length).toBe(1)
  expect((await hub.request('GET', '/scim/v2/Users')).json).toMatchObject({ status: '401' })
  const change = { token: key, body: { roles: ['operator'] }, headers: { 'if-match': '*' } }
  expect((await hub.request('PATCH', `/accounts/${id}`, change)).status).toBe(403)
})
