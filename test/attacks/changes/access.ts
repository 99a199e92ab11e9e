import { readRoot, signIntermediate } from '../../../packages/cli/src/sign-intermediate.ts'
import { answer } from '@sutler/client'
import { password, path, type World } from './world.ts'

/** Who may come in: accounts, keys, invitations, identity providers, tenants, and the authority for devices. */
export async function access({ api }: World): Promise<void> {
  const { id } = answer(await api.POST('/api/v1/accounts', { body: { name: 'bea', password, roles: ['sponsor'] } }))
  await api.PATCH('/api/v1/accounts/{id}', { ...path({ id }), body: { roles: ['subscriber'] } })
  const key = answer(await api.POST('/api/v1/api-keys', { body: { name: 'K', roles: ['operator'] } }))
  await api.DELETE('/api/v1/api-keys/{id}', path({ id: key.id }))
  const invitation = answer(await api.POST('/api/v1/invitations', { body: { roles: ['sponsor'] } }))
  await api.DELETE('/api/v1/invitations/{id}', path({ id: invitation.id }))
  const body = { name: 'X', issuer: 'https://x.example', clientId: 'x' }
  const provider = path({ id: answer(await api.POST('/api/v1/identity-providers', { body })).id })
  await api.PATCH('/api/v1/identity-providers/{id}', { ...provider, body: { name: 'Y' } })
  await api.DELETE('/api/v1/identity-providers/{id}', provider)
  await api.POST('/api/v1/tenants', { body: { id: 'acme', name: 'Acme' } })
  await api.PATCH('/api/v1/tenants/{id}', { ...path({ id: 'acme' }), body: { disabled: true } })
  const exported = answer(await api.POST('/api/v1/authority/root/export', { body: { passphrase: password } }))
  const wanted = answer(await api.POST('/api/v1/authority/intermediates'))
  const certificate = signIntermediate(
    readRoot(exported.certificate + exported.key, password),
    wanted.name,
    wanted.csr,
    Date.now(),
  )
  await api.PUT('/api/v1/authority/intermediates/{id}', { ...path({ id: wanted.id }), body: { certificate } })
}
