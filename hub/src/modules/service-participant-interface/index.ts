import type { Hono } from 'hono'
import type { ApiEnv } from '../../platform/http/api.ts'
import type { ParticipantDependencies } from './app/dependencies.ts'
import { Feed } from './app/feed.ts'
import { sealOldSecrets } from './app/webhook-secrets.ts'
import { WebhookWorker } from './app/webhook-worker.ts'
import { participantRoutes } from './http/routes.ts'
import { participantStore } from './store/participant-store.ts'

/** Directs each lifecycle event to those who asked for it: event stream and signed webhooks. */
export interface ServiceParticipantInterface {
  start(): Promise<void>
  stop(): Promise<void>
  routes(): Hono<ApiEnv>
}

export function createServiceParticipantInterface(
  given: Omit<ParticipantDependencies, 'storage'>,
): ServiceParticipantInterface {
  const deps: ParticipantDependencies = { ...given, storage: participantStore }
  const feed = new Feed(deps)
  const webhooks = new WebhookWorker(deps)
  return {
    async start() {
      await sealOldSecrets(deps)
      feed.start()
      webhooks.start()
    },
    async stop() {
      await Promise.all([feed.stop(), webhooks.stop()])
    },
    routes: () => participantRoutes(deps, feed),
  }
}
