import { createSecretKey, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answer, createClient } from '@sutler/client'
import { compose, type Hub } from '../../../hub/src/compose.ts'
import { readConfig } from '../../../hub/src/config.ts'
import { openBlobs } from '../../../hub/src/platform/blobs.ts'
import { systemClock as clock } from '../../../hub/src/platform/clock.ts'
import type { BeforeCommit, Database } from '../../../hub/src/platform/database.ts'
import { localDoorbells } from '../../../hub/src/platform/doorbells.ts'
import { silentLog as log } from '../../../hub/src/platform/log.ts'
import { createMetrics } from '../../../hub/src/platform/metrics.ts'
import { createSealing } from '../../../hub/src/platform/sealing.ts'
import { openDatabases } from '../../../hub/src/platform/walls/open-databases.ts'
import { prepareDatabase } from '../../../hub/src/platform/walls/prepare-database.ts'
import { createClaim, createHousehold, publishTestService, type RunningHub } from '../../journeys/household.ts'
import { becomeOperator } from '../../support/first-operator.ts'
import { initTrust, innerSigner } from '../../support/trust.ts'
import { openServer } from '../engine/server.ts'
import { figure, median, type BenchOptions, type Figures } from '../measure.ts'
import { enrolled } from './enrolled.ts'

const callers = 16

/**
 * Orders of 16 callers at once, with the audit and without, in turns of the same hub: the router is called directly, so that no
 * client's work hides what the audit costs.
 */
export async function audit({ quick, say, resources }: BenchOptions): Promise<Figures> {
  const stage = await openStage(resources)
  const homes = await Promise.all(Array.from({ length: callers }, () => homeOf(stage)))
  const [on, off]: [number[], number[]] = [[], []]
  const rounds = quick ? 8 : 40
  // The first two warm up.
  for (let round = -2; round < rounds; round++) {
    const order = round % 2 === 0 ? [true, false] : [false, true]
    for (const audited of order) {
      stage.audit(audited)
      const cost = await costOfOrders(stage.hub, stage.token, homes, quick ? 400 : 800)
      if (round >= 0) (audited ? on : off).push(cost)
    }
  }
  const [value, without] = [median(on), median(off)]
  const ratio = median(on.map((each, round) => each / off[round]!))
  say(`an order ${value.toFixed(3)} ms with the audit, ${without.toFixed(3)} ms without`)
  const against = `without audit ${without.toFixed(3)} ms`
  return { 'trust.audit_order': figure(on, 'ms', { against, ratio, goal: 'ratio ≤ 1.1' }) }
}

interface Stage {
  readonly hub: Hub
  readonly running: RunningHub
  readonly url: string
  readonly token: string
  /** Switches it on or off. */
  audit(on: boolean): void
}

async function openStage(resources: BenchOptions['resources']): Promise<Stage> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'sutler-bench-audit-'))
  resources.defer(() => rm(dataDirectory, { recursive: true, force: true }))
  const server = await openServer(resources)
  const key = createSecretKey(randomBytes(32))
  const { urls } = await prepareDatabase(server.url(), key, 30_000)
  const opened = openDatabases(urls, { connections: 10, statementTimeout: 30_000 })
  resources.defer(() => opened.close())
  let hook: BeforeCommit | undefined
  const registrationDatabase: Database = {
    ...opened.registrationDatabase,
    beforeCommit(given) {
      hook = given
      opened.registrationDatabase.beforeCommit(given)
    },
  }
  const env = { SUTLER_DATA: dataDirectory, SUTLER_HTTP_PORT: '0', SUTLER_MQTT_PORT: '0' }
  const config = readConfig({ ...env, SUTLER_PLAIN_HTTP_PORT: '0', SUTLER_PLAIN_MQTT_PORT: '0' }, [])
  const blobs = await openBlobs({ dataDirectory, exclusive: true, stallDeadline: config.uploadStallDeadline })
  const hub = compose({
    config,
    database: opened.database,
    registrationDatabase,
    sealing: createSealing(key),
    doorbells: localDoorbells(),
    blobs,
    clock,
    log,
    metrics: createMetrics(),
    signer: await innerSigner(clock, join(dataDirectory, 'signer')),
    version: 'bench',
    alone: true,
  })
  const { setupLink, plainUrl, url: secure } = await hub.start()
  resources.defer(() => hub.stop())
  const url = plainUrl!
  const token = await becomeOperator(setupLink!, url)
  const api = createClient({ hub: url, token })
  const running = { secure: { url: secure }, api, trust: await initTrust(api) }
  await publishTestService(running, 'guide', '1.0.0', [{ deviceClass: 'gateway', files: { a: 'text' } }])
  return {
    hub,
    running,
    url,
    token,
    audit: (on) => opened.registrationDatabase.beforeCommit(on ? hook! : async () => {}),
  }
}

/** A household with one device that never comes, and has the service. */
async function homeOf({ running, url }: Stage): Promise<string> {
  const home = await createHousehold(running)
  await enrolled(url, await createClaim(running, home))
  const body = { household: home, items: [{ action: 'add' as const, service: 'guide' }] }
  answer(await running.api.POST('/api/v1/orders', { body }))
  return home
}

/** Milliseconds per order, of all callers together. */
async function costOfOrders(hub: Hub, token: string, homes: readonly string[], milliseconds: number): Promise<number> {
  const started = performance.now()
  const counts = await Promise.all(
    homes.map(async (household) => {
      const body = JSON.stringify({ household, items: [{ action: 'modify', service: 'guide' }] })
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      let orders = 0
      for (; performance.now() - started < milliseconds; orders++) {
        const { status } = await hub.web.app.request('/api/v1/orders', { method: 'POST', headers, body })
        if (status !== 201) throw new Error(`an order was answered ${status}`)
      }
      return orders
    }),
  )
  return (performance.now() - started) / counts.reduce((all, each) => all + each, 0)
}
