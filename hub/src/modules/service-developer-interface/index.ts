import type { Hono } from 'hono'
import type { Access } from '../../platform/access.ts'
import type { Blobs } from '../../platform/blobs.ts'
import type { Clock, Milliseconds } from '../../platform/clock.ts'
import type { PartialUploads } from '../../platform/partial-uploads.ts'
import type { Database } from '../../platform/database.ts'
import type { Doorbells } from '../../platform/doorbells.ts'
import type { Keeper } from '../../platform/keepers.ts'
import { api, type ApiEnv } from '../../platform/http/api.ts'
import type { EntityManagement } from '../entity-management/index.ts'
import type { OrderProcessing } from '../order-processing/index.ts'
import type { ServiceDefinitions } from '../service-definitions/index.ts'
import { adoptionDesk } from './app/adoption.ts'
import type { DeviceLogs } from './app/log-storage.ts'
import { orderBack } from './app/withdraw.ts'
import { addAdoption } from './http/adoption.ts'
import { addFleetFit } from './http/fleet-fit.ts'
import { addReleases } from './http/releases.ts'
import { addVersionLogs } from './http/version-logs.ts'
import { developerKeeper } from './store/keeper-rows.ts'
import { logRows } from './store/log-rows.ts'
import { addTrials } from './http/trials.ts'
import { addWithdrawals } from './http/withdrawals.ts'
import { releaseRows } from './store/release-rows.ts'
import { trialRows } from './store/trial-rows.ts'
import { withdrawalRows } from './store/withdrawal-rows.ts'
import { addBlobs } from './http/blobs.ts'
import { addServices } from './http/services.ts'

export interface ServiceDeveloperInterfaceDeps {
  readonly database: Database
  readonly doorbells: Doorbells
  readonly clock: Clock
  readonly access: Access
  readonly blobs: Blobs
  /** Beginnings of uploads. */
  readonly partial: PartialUploads
  readonly definitions: ServiceDefinitions
  readonly logs: DeviceLogs
  readonly entities: Pick<EntityManagement, 'devices' | 'pageSelected' | 'targets'>
  readonly orders: Pick<OrderProcessing, 'adoption' | 'past' | 'place' | 'pageSubscriptions' | 'subscribed'>
}

/** For developers: uploading files, publishing versions made of them, and what became of those on devices. */
export interface ServiceDeveloperInterface {
  /** Under /services what changes them or counts their devices; /blobs */
  routes(): Hono<ApiEnv>
  /** What this module keeps about people. */
  readonly keeper: Keeper
  /** Orders households back from withdrawn versions: one bounded round, to be repeated. */
  orderBack(): Promise<void>
  /** Forgets requests for releases that were decided longer ago than `kept`, and what was asked of devices for a week. */
  forgetOld(kept: Milliseconds): Promise<void>
}

/** As long as the logs themselves. */
const logsKept: Milliseconds = 7 * 86_400_000

/** The module's face. */
export function createServiceDeveloperInterface(deps: ServiceDeveloperInterfaceDeps): ServiceDeveloperInterface {
  const adoption = adoptionDesk({ ...deps, adoption: deps.orders.adoption })
  const requests = releaseRows(deps.database)
  const logRequests = logRows(deps.database)
  const withdrawing = { ...deps, adoption, withdrawals: withdrawalRows(deps.database) }
  return {
    routes() {
      const app = api()
      addServices(app, deps)
      addBlobs(app, deps)
      addAdoption(app, adoption)
      addReleases(app, { ...deps, requests })
      addWithdrawals(app, withdrawing)
      addFleetFit(app, deps)
      addTrials(app, { ...deps, trials: trialRows(deps.database) })
      addVersionLogs(app, { ...deps, adoption: deps.orders.adoption, requests: logRequests })
      return app
    },
    keeper: developerKeeper,
    orderBack: () => orderBack(withdrawing),
    async forgetOld(kept) {
      await requests.forget(new Date(deps.clock.now() - kept), 5_000)
      await logRequests.forget(new Date(deps.clock.now() - logsKept), 5_000)
    },
  }
}
