import { answer } from '@sutler/client'
import { path, type World } from './world.ts'

/** Who is told of events: webhooks, and people by e-mail. */
export async function messages({ hub, api }: World): Promise<void> {
  const hook = answer(await api.POST('/api/v1/webhooks', { body: { url: 'https://x.example/', types: ['x.y'] } }))
  await api.PATCH('/api/v1/webhooks/{id}', { ...path({ id: hook.id }), body: { name: 'Bills' } })
  await api.POST('/api/v1/webhooks/{id}/test', path({ id: hook.id }))
  await api.POST('/api/v1/webhooks/{id}/secret', { ...path({ id: hook.id }), body: {} })
  const [last] = await hub.database.owner.sql<{ event: string }[]>`
    select concat(xact, '.', id) as event from platform_event where tenant = 'main' order by id limit 1`
  await api.POST('/api/v1/webhooks/{id}/resend', { ...path({ id: hook.id }), body: { event: last!.event } })
  await api.POST('/api/v1/webhooks/{id}/replay', { ...path({ id: hook.id }), body: { from: last!.event } })
  await api.PATCH('/api/v1/webhooks/{id}', { ...path({ id: hook.id }), body: { state: 'disabled' } })
  const [refused] = await hub.database.owner.sql<{ event: string }[]>`
    update participant_webhook w set failures = 1, xact = '0', event = 0 where id = ${hook.id}
    returning (select concat(xact, '.', id) from platform_event order by platform_event.xact, id limit 1) as event`
  await api.POST('/api/v1/webhooks/{id}/skip', { ...path({ id: hook.id }), body: { event: refused!.event } })
  await api.DELETE('/api/v1/webhooks/{id}', path({ id: hook.id }))
  const about = { email: 'bea@example.org', kinds: ['orders' as const] }
  const told = path({ id: answer(await api.POST('/api/v1/notifications', { body: about })).id })
  await api.PATCH('/api/v1/notifications/{id}', { ...told, body: { kinds: ['devices'] } })
  await api.DELETE('/api/v1/notifications/{id}', told)
}
