import type { Hono } from 'hono'
import { asyncApi } from '../../events/async-api.ts'
import type { ApiEnv } from '../../platform/http/api.ts'
import type { Keeper } from '../../platform/keepers.ts'
import { participantKeeper } from './store/keeper-rows.ts'
import type { Mailer } from '../../platform/mail.ts'
import { countedGauge, type Metrics } from '../../platform/metrics.ts'
import type { Principal } from '../../platform/access.ts'
import type { BrokerFace, FaceBroker } from '../../platform/mqtt/face.ts'
import type { ExplainDependencies } from './app/explanations/dependencies.ts'
import type { TmfDependencies } from './app/tmf/dependencies.ts'
import { feedMeter } from './app/feed-meter.ts'
import { Feed } from './app/feed.ts'
import type { OperationDependencies } from './app/operations/dependencies.ts'
import { OperationWorker } from './app/operations/worker.ts'
import type { NotificationDependencies } from './app/notifications/dependencies.ts'
import { managing } from './app/notifications/manage.ts'
import { NotificationWorker } from './app/notifications/worker.ts'
import { mayListen } from './app/scope-now.ts'
import { SystemsFace } from './app/systems/broker-face.ts'
import { webhookMeter } from './app/webhooks/meter.ts'
import { sealOldSecrets } from './app/webhooks/secrets.ts'
import { WebhookWorker } from './app/webhooks/worker.ts'
import { explanationRoutes } from './http/explanations.ts'
import { notificationPages } from './http/notification-pages.ts'
import { notificationRoutes } from './http/notifications.ts'
import { operationRoutes } from './http/operations.ts'
import { tmfRoutes } from './http/tmf/index.ts'
import { participantRoutes } from './http/routes.ts'
import { notificationRows } from './store/notifications.ts'
import { operationStore } from './store/operations.ts'
import { countFailing } from './store/failing.ts'
import { eventLog } from './store/event-log.ts'
import { tmfRows } from './store/tmf-rows.ts'
import { webhookRows } from './store/webhooks.ts'

/**
 * Tells participants what they want to know: each lifecycle event by stream or signed webhook, and why things are as they are; and
 * does one thing to many devices for them. That stands at this edge because it goes through the faces of all modules that have to
 * do with devices.
 */
export interface ServiceParticipantInterface {
  start(): Promise<void>
  stop(): Promise<void>
  /** What this module keeps about people. */
  readonly keeper: Keeper
  routes(): Hono<ApiEnv>
  /** What links in e-mails lead to, and /asyncapi.json. */
  pages(): Hono<ApiEnv>
  /** TM Forum's Open APIs, to be mounted below /tmf-api. */
  tmf(): Hono<ApiEnv>
}

/** How systems come in over MQTT. */
interface Systems {
  readonly broker: { add(face: BrokerFace): FaceBroker }
  readonly authenticate: (keyId: string, key: string) => Promise<Principal | null>
}

export function createServiceParticipantInterface(
  given: Omit<TmfDependencies, 'storage' | 'tmf' | 'meter' | 'feedMeter'> &
    Omit<OperationDependencies, 'operations'> & {
      readonly metrics: Metrics
      readonly systems: Systems
      /** The hub's. */
      readonly version: string
      readonly mailer: Mailer | null
      readonly explaining: Omit<ExplainDependencies, 'access' | 'clock'>
    },
): ServiceParticipantInterface {
  const deps: TmfDependencies = {
    ...given,
    meter: webhookMeter(given.metrics),
    feedMeter: feedMeter(given.metrics),
    storage: { ...eventLog, ...webhookRows },
    tmf: tmfRows,
  }
  measureFailing(given)
  const operations: OperationDependencies = { ...given, operations: operationStore }
  const feed = new Feed(deps)
  const systems = new SystemsFace(
    {
      log: deps.log,
      publicUrl: deps.publicUrl,
      authenticateSystem: given.systems.authenticate,
      mayListen: (principal) => mayListen(deps.access, principal),
    },
    feed,
  )
  systems.join(given.systems.broker)
  const notifying: NotificationDependencies = { ...deps, notifications: notificationRows, mailer: given.mailer }
  const notifications = managing(notifying)
  const notifier = new NotificationWorker(notifying)
  const webhooks = new WebhookWorker(deps)
  const worker = new OperationWorker(operations)
  return {
    async start() {
      await sealOldSecrets(deps)
      feed.start()
      webhooks.start()
      notifier.start()
      worker.start()
    },
    async stop() {
      await Promise.all([feed.stop(), webhooks.stop(), notifier.stop(), worker.stop()])
    },
    keeper: participantKeeper,
    routes() {
      const router = participantRoutes(deps, feed)
      notificationRoutes(router, notifying, notifications)
      operationRoutes(router, operations)
      explanationRoutes(router, { ...given.explaining, access: given.access, clock: given.clock })
      return router
    },
    pages() {
      const pages = notificationPages(notifications)
      return pages.get('/asyncapi.json', (c) => c.json(asyncApi(given.version)))
    },
    tmf: () => tmfRoutes(deps),
  }
}

function measureFailing({
  metrics,
  log,
  database,
}: Pick<TmfDependencies, 'log' | 'database'> & { metrics: Metrics }): void {
  countedGauge(metrics, log, {
    name: 'sutler_webhooks_failing',
    help: 'Webhooks whose receiver failed last and is tried again, up to 10,000',
    count: () => countFailing(database.sql, 'webhooks'),
  })
  countedGauge(metrics, log, {
    name: 'sutler_notifications_failing',
    help: 'People whose e-mail was not taken last and is tried again, up to 10,000',
    count: () => countFailing(database.sql, 'notifications'),
  })
}
