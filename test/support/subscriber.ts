import { answer, createClient, type SutlerClient } from '@sutler/client'
import type { ComposedHub } from './composed-hub.ts'

/** A client of somebody of the household who may see and do what subscribers may. */
export async function subscriberOf(hub: ComposedHub, household: string): Promise<SutlerClient> {
  const [name, password] = [`subscriber-of-${household}`, 'a long enough password']
  const account = { name, password, roles: ['subscriber' as const], households: [household] }
  answer(await hub.api.POST('/api/v1/accounts', { body: account }))
  const open = createClient({ hub: hub.url })
  const { token } = answer(await open.POST('/api/v1/sessions', { body: { name, password } }))
  return createClient({ hub: hub.url, token })
}
