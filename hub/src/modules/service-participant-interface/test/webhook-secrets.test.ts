import { expect, it } from 'vitest'
import { accessFor } from '../../../../../test/support/access.ts'
import { databaseForThisTest } from '../../../../../test/support/database.ts'
import { manualClock } from '../../../../../test/support/manual-clock.ts'
import { testSealing } from '../../../../../test/support/sealing.ts'
import { localDoorbells } from '../../../platform/doorbells.ts'
import { silentLog } from '../../../platform/log.ts'
import { createMetrics } from '../../../platform/metrics.ts'
import type { OperationDependencies } from '../app/operations/dependencies.ts'
import { openedSecret } from '../app/webhooks/secrets.ts'
import { createServiceParticipantInterface } from '../index.ts'
import { webhookRows } from '../store/webhooks.ts'

/** Nothing is done to devices here. */
const withoutOperations = { operationRetention: 1 } as Omit<OperationDependencies, 'operations'>

it('a webhook’s secret that an older hub left in the clear is sealed at the start, and still opens', async () => {
  const database = await databaseForThisTest()
  const webhook = {
    id: 'whk-old',
    tenant: 'main',
    owner: 'usr-1',
    url: 'https://example.org',
    types: [],
    api: null,
    query: '',
    roles: ['operator' as const],
    name: '',
    household: null,
    subject: null,
    filter: '',
    previousSecret: null,
    previousUntil: null,
    why: null,
    replay: null,
    lastDuration: 0,
    version: 1,
    secret: 'c2VjcmV0LWluLXRoZS1jbGVhcg==',
    state: 'active' as const,
    position: { xact: 1, id: 1 },
    failures: 0,
    retryAt: null,
    lastError: null,
    lastSuccessAt: null,
    createdAt: new Date(0),
  }
  await webhookRows.addWebhook(database.sql, webhook)
  // No address of the TM Forum face is asked for here.
  const unused = {} as never
  const participants = createServiceParticipantInterface({
    ...withoutOperations,
    // Nothing is asked of it here.
    explaining: {} as never,
    mailer: null,
    version: '0',
    systems: { broker: { add: () => ({}) as never }, authenticate: async () => null },
    database,
    sealing: testSealing,
    doorbells: localDoorbells(),
    clock: manualClock(),
    log: silentLog,
    metrics: createMetrics(),
    access: accessFor(),
    publicUrl: () => 'http://hub',
    allowInside: false,
    orders: unused,
    definitions: unused,
  })
  await participants.start()
  await participants.stop()
  const stored = (await webhookRows.webhook(database.sql, 'whk-old'))!
  expect(stored.secret).not.toContain(webhook.secret)
  expect(openedSecret(testSealing, stored)).toBe(webhook.secret)
})
