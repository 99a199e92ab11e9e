import type { AgentPlatform } from '../platform.ts'
import type { AgentSettings } from '../settings.ts'
import type { InstallJob } from '../state.ts'
import { permitInstall } from './permit.ts'
import { Repository } from './repository.ts'
import { TrustStore } from './store.ts'

export interface PermitsOptions {
  readonly platform: AgentPlatform
  readonly settings: AgentSettings
  /** The hub's base URL. */
  readonly hub: string
  readonly device: string
  readonly model: string
  /** Ms since the epoch. */
  readonly hubTime: () => number
}

/** Decides whether a job may be done, by what is signed. */
export class Permits {
  private readonly options: PermitsOptions

  constructor(options: PermitsOptions) {
    this.options = options
  }

  /** @throws AgentError as `permitInstall` */
  async install(job: InstallJob, linkQuery: string, stop: AbortSignal): Promise<void> {
    const { platform, settings, hub, device, model, hubTime } = this.options
    const store = new TrustStore(platform.files)
    const repository = new Repository(platform, settings, hub, stop)
    await permitInstall({ platform, store, repository, device, model, hubTime, linkQuery }, job)
  }
}
