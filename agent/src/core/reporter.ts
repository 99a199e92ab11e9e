import type { OutboxEntry } from '@sutler/wire'
import { capabilitiesOf, fingerprintOf } from './capabilities.ts'
import type { CapabilitiesBody, Profile } from './capabilities.ts'
import type { Desk } from './desk.ts'
import type { Changes } from './journal.ts'
import type { AgentPlatform } from './platform.ts'
import type { Configuration } from './requests/configuration.ts'

/** Tells the hub what the device is and has, whenever that has changed since the hub last took it. */
export class Reporter {
  private readonly platform: AgentPlatform
  private readonly desk: Desk
  private readonly profile: Profile
  private readonly configuration: Configuration
  /** The report on its way: message id and fingerprint. */
  private sent: { readonly id: string; readonly fingerprint: string } | null = null

  constructor(platform: AgentPlatform, desk: Desk, profile: Profile, configuration: Configuration) {
    this.platform = platform
    this.desk = desk
    this.profile = profile
    this.configuration = configuration
  }

  /** Queues a report. Within a turn. */
  async report(): Promise<void> {
    const body = await this.body()
    this.sent = { id: this.desk.queue(body), fingerprint: fingerprintOf(this.platform, body) }
  }

  /** Queues a report if it says something new. Within a turn. */
  async reportChange(): Promise<void> {
    const body = await this.body()
    const fingerprint = fingerprintOf(this.platform, body)
    const older = this.desk.session.outbox.some((entry) => entry.t === 'capabilities' && entry.id !== this.sent?.id)
    if (!older && fingerprint === (this.sent?.fingerprint ?? this.desk.state.reported())) return
    this.sent = { id: this.desk.queue(body), fingerprint }
    await this.desk.commit()
  }

  private body(): Promise<CapabilitiesBody> {
    return capabilitiesOf(this.platform, this.profile, this.desk.state, this.configuration)
  }

  /** What to remember when the hub has taken messages. */
  acknowledged(entries: readonly OutboxEntry[]): Changes {
    const { sent } = this
    if (sent === null || !entries.some(({ id }) => id === sent.id)) return {}
    this.sent = null
    return { reported: sent.fingerprint }
  }
}
