import { expect, test } from 'vitest'
import { startHub } from './hub.ts'
import { core, enterprise, scimOf } from './scim.ts'

const bulkRequest = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest'
const person = (userName: string, more: object = {}) => ({ schemas: [`${core}:User`], userName, ...more })

interface Answered {
  readonly method: string
  readonly bulkId?: string
  readonly location?: string
  readonly version?: string
  readonly status: string
  readonly response?: { readonly scimType?: string; readonly detail: string }
}

async function bulkOf(hub: Awaited<ReturnType<typeof startHub>>) {
  const scim = await scimOf(hub)
  const bulk = async (Operations: object[], more: object = {}): Promise<Answered[]> =>
    (await scim.ask('POST', '/Bulk', { schemas: [bulkRequest], Operations, ...more })).json.Operations
  return { ...scim, bulk }
}

const post = (bulkId: string, path: string, data: object) => ({ method: 'POST', bulkId, path, data })

test('people and their group come in one request, whatever the order, and refer to one another by bulkId', async () => {
  const hub = await startHub()
  const { bulk, ask } = await bulkOf(hub)
  const members = ['ada', 'bea'].map((id) => ({ value: `bulkId:${id}` }))
  const answers = await bulk([
    post('engineers', '/Groups', { schemas: [`${core}:Group`], displayName: 'Engineers', members }),
    post('ada', '/Users', person('ada', { [enterprise]: { manager: { value: 'bulkId:bea' } } })),
    post('bea', '/Users', person('bea')),
    {
      method: 'PATCH',
      path: '/Users/bulkId:bea',
      data: {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'add', path: 'title', value: 'Countess' }],
      },
    },
  ])
  expect(answers.map(({ method, bulkId, status }) => [method, bulkId, status])).toEqual([
    ['POST', 'engineers', '201'],
    ['POST', 'ada', '201'],
    ['POST', 'bea', '201'],
    ['PATCH', undefined, '200'],
  ])
  const [group, ada, bea] = await Promise.all(
    answers.slice(0, 3).map(async ({ location }) => (await ask('GET', location!.split('/scim/v2')[1]!)).json),
  )
  expect(group.members.map(({ display }: { display: string }) => display).toSorted()).toEqual(['ada', 'bea'])
  expect(ada[enterprise].manager.value).toBe(bea.id)
  expect([bea.title, bea.meta.version]).toEqual(['Countess', answers[3]!.version])
})

test('what fails is answered in its place, and nothing else fails but what refers to it', async () => {
  const hub = await startHub()
  const { bulk, user, found } = await bulkOf(hub)
  const there = await user('there')
  const answers = await bulk([
    post('one', '/Users', person('THERE')),
    post('two', '/Users', person('two')),
    post('group', '/Groups', { schemas: [`${core}:Group`], displayName: 'G', members: [{ value: 'bulkId:one' }] }),
    { method: 'PUT', path: `/Users/${there}`, version: 'W/"9.9"', data: person('there') },
    { method: 'DELETE', path: '/Users/usr-nobody' },
    post('circle', '/Users', person('c', { [enterprise]: { manager: { value: 'bulkId:round' } } })),
    post('round', '/Users', person('d', { [enterprise]: { manager: { value: 'bulkId:circle' } } })),
    post('planet', '/Planets', {}),
    { method: 'DELETE', path: '/Users' },
    { method: 'DELETE', path: `/Users/${there}` },
  ])
  expect(answers.map(({ status, response }) => [status, response?.scimType])).toEqual([
    ['409', 'uniqueness'],
    ['201', undefined],
    ['409', undefined],
    ['412', undefined],
    ['404', undefined],
    ['409', undefined],
    ['409', undefined],
    ['400', 'invalidPath'],
    ['404', undefined],
    ['204', undefined],
  ])
  expect(answers[2]!.response!.detail).toMatch(/bulkId:one.*scim-bulk-reference/)
  expect(answers[4]!.location).toBe('https://hub.test/scim/v2/Users/usr-nobody')
  expect(await found('userName ne "operator"')).toEqual(['two'])
})

test('after as many failures as the client allows nothing more is done', async () => {
  const hub = await startHub()
  const { bulk, found } = await bulkOf(hub)
  const names = ['a', 'a', 'b', 'b', 'c']
  const operations = names.map((name, i) => post(`p${i}`, '/Users', person(name)))
  expect((await bulk(operations, { failOnErrors: 2 })).map(({ status }) => status)).toEqual([
    '201',
    '409',
    '201',
    '409',
  ])
  expect(await found('userName ne "operator"')).toEqual(['a', 'b'])
})

test('each operation is authorised by itself, and what it changes is in the audit by its own decision', async () => {
  const hub = await startHub()
  const { bulk, ask } = await bulkOf(hub)
  const operations = ['a', 'b', 'c'].map((name) => post(name, '/Users', person(name)))
  const ids = (await bulk(operations)).map(({ location }) => location!.split('/').at(-1)!)
  const token = await hub.operator()
  for (const id of ids) {
    const { items } = (await hub.request('GET', `/audit?about=${id}&action=user.write`, { token })).json
    expect(
      items.map(({ changes }: { changes: { subject: string }[] }) => changes.map(({ subject }) => subject)),
    ).toEqual([[id, id]])
  }
  const { token: subscriber } = await hub.person('sub', ['subscriber'])
  const body = { schemas: [bulkRequest], Operations: operations }
  const refused = await hub.request('POST', '/scim/v2/Bulk', { token: subscriber, body })
  expect(refused.json.Operations.map(({ status }: Answered) => status)).toEqual(['403', '403', '403'])
  const users = await ask('GET', '/Users?count=0')
  expect(users.json.totalResults).toBe(5)
})

test('a request that is no bulk request is refused whole, with its place', async () => {
  const hub = await startHub()
  const { ask } = await bulkOf(hub)
  const deep = JSON.parse(`${'['.repeat(200)}${']'.repeat(200)}`) as unknown
  for (const [body, status] of [
    [{ Operations: [] }, 400],
    [{ schemas: [bulkRequest] }, 400],
    [{ schemas: [bulkRequest], Operations: [{ method: 'GET', path: '/Users' }] }, 400],
    [{ schemas: [bulkRequest], Operations: [{ method: 'POST', path: '/Users', data: {} }] }, 400],
    [{ schemas: [bulkRequest], Operations: [post('a', '/Users', {}), post('a', '/Users', {})] }, 400],
    [{ schemas: [bulkRequest], Operations: [{ ...post('a', '/Users', {}), data: deep }] }, 400],
    [{ schemas: [bulkRequest], Operations: [], failOnErrors: 0 }, 400],
    [{ schemas: [bulkRequest], Operations: Array.from({ length: 501 }, (_, i) => post(`p${i}`, '/Users', {})) }, 413],
  ] as const)
    expect((await ask('POST', '/Bulk', body)).status).toBe(status)
})
