import { answer } from '@sutler/client'
import { createHousehold } from '../../journeys/household.ts'
import { password, path, type World } from './world.ts'

/** Households and those who live there, what is said of them, and what they want. */
export async function people(world: World): Promise<void> {
  const { api } = world
  const household = await createHousehold({ api } as never)
  await api.PATCH('/api/v1/households/{id}', { ...path({ id: household }), body: { name: 'Other' } })
  const { id: user } = answer(await api.POST('/api/v1/users', { body: { name: 'Bea' } }))
  await api.PATCH('/api/v1/users/{id}', { ...path({ id: user }), body: { name: 'Bea B' } })
  await labels(world, 'households', household)
  await labels(world, 'users', user)
  await provisioning(world)
  await oneOfTwo(world)
  await api.PUT('/api/v1/preferences/{kind}/{id}', {
    ...path({ kind: 'household' as const, id: household }),
    body: { timeZone: 'UTC' },
  })
  await api.POST('/api/v1/consents', {
    body: { household, kind: 'category', target: 'film', answer: 'granted', reason: '' },
  })
}

/** Two people, and two households, that are one; and somebody who is taken out and erased. */
async function oneOfTwo({ hub, api }: World): Promise<void> {
  const account = { name: 'cleo', password, roles: ['sponsor' as const] }
  // Not by the recording client: what they were called is taken out of the event, too.
  const { id } = answer(await hub.api.POST('/api/v1/accounts', { body: account }))
  const { id: double } = answer(await hub.api.POST('/api/v1/users', { body: { name: 'Cleo' } }))
  await api.POST('/api/v1/users/{id}/merge/{from}', { params: { path: { id, from: double } } })
  const [home, from] = [await createHousehold({ api } as never), await createHousehold({ api } as never)]
  await api.POST('/api/v1/households/{id}/merge/{from}', { params: { path: { id: home, from } } })
  await api.POST('/api/v1/users/{id}/export', path({ id }))
  await api.POST('/api/v1/users/{id}/erasure', { params: { path: { id } } })
}

/** What operators say of entities in words of their own. */
export async function labels({ api }: World, kind: 'devices' | 'users' | 'households', id: string): Promise<void> {
  const { id: note } = answer(await api.POST(`/api/v1/${kind}/{id}/notes`, { ...path({ id }), body: { text: 'N' } }))
  await api.DELETE(`/api/v1/${kind}/{id}/notes/{note}`, path({ id, note }))
}

/** What systems that keep people do. */
async function provisioning({ api }: World): Promise<void> {
  const core = 'urn:ietf:params:scim:schemas:core:2.0'
  const operations = (...Operations: object[]) => ({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations,
  })
  const person = { schemas: [`${core}:User`], userName: 'cleo' }
  const user = path({ id: String(answer(await api.POST('/scim/v2/Users', { body: person }))['id']) })
  await api.PUT('/scim/v2/Users/{id}', { ...user, body: { ...person, displayName: 'Cleo' } })
  const disabled = operations({ op: 'replace', path: 'active', value: false })
  await api.PATCH('/scim/v2/Users/{id}', { ...user, body: disabled })
  const engineers = { schemas: [`${core}:Group`], displayName: 'Engineers' }
  const group = path({ id: String(answer(await api.POST('/scim/v2/Groups', { body: engineers }))['id']) })
  await api.PUT('/scim/v2/Groups/{id}', { ...group, body: { ...engineers, displayName: 'Builders' } })
  const joining = operations({ op: 'add', path: 'members', value: [{ value: user.params.path.id }] })
  await api.PATCH('/scim/v2/Groups/{id}', { ...group, body: joining })
  await api.DELETE('/scim/v2/Groups/{id}', group)
  await api.DELETE('/scim/v2/Users/{id}', user)
  const bulk = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest'
  await api.POST('/scim/v2/Bulk', { body: { schemas: [bulk], Operations: [] } })
  const outside = { kind: 'ldap' as const, name: 'People', url: 'ldaps://x.example', settings: { base: 'dc=x' } }
  const directory = path({ id: answer(await api.POST('/api/v1/directories', { body: outside as never })).id })
  await api.PATCH('/api/v1/directories/{id}', { ...directory, body: { disabled: true } })
  await api.DELETE('/api/v1/directories/{id}', directory)
  const own = path({ id: answer(await api.POST('/api/v1/user-groups', { body: { name: 'Team' } })).id })
  await api.PATCH('/api/v1/user-groups/{id}', { ...own, body: { roles: ['auditor'] } })
  await api.POST('/api/v1/user-groups/{id}/members', { ...own, body: { add: [] } })
  await api.DELETE('/api/v1/user-groups/{id}', own)
}
