import type { OutboxEntry } from '@sutler/wire'
import { capabilitiesOf, fingerprintOf } from './capabilities.ts'
import type { Profile } from './capabilities.ts'
import type { Desk } from './desk.ts'
import type { Changes } from './journal.ts'
import type { AgentPlatform } from './platform.ts'

/** Tells the hub what the device is and has, whenever that has changed since the hub last took it. */
export class Reporter {
  private readonly platform: AgentPlatform
  private readonly desk: Desk
  private readonly profile: Profile
  /** The report on its way: message id and fingerprint. */
  private sent: { readonly id: string; readonly fingerprint: string } | null = null

  constructor(platform: AgentPlatform, desk: Desk, profile: Profile) {
    this.platform = platform
    this.desk = desk
    this.profile = profile
  }

  /** Queues a report. Within a turn. */
  async report(): Promise<void> {
    const body = await capabilitiesOf(this.platform, this.profile, this.desk.state)
    this.sent = { id: this.desk.queue(body), fingerprint: fingerprintOf(this.platform, body) }
  }

  /** Queues a report if it says something new. Within a turn. */
  async reportChange(): Promise<void> {
    const body = await capabilitiesOf(this.platform, this.profile, this.desk.state)
    const fingerprint = fingerprintOf(this.platform, body)
    const older = this.desk.session.outbox.some((entry) => entry.t === 'capabilities' && entry.id !== this.sent?.id)
    if (!older && fingerprint === (this.sent?.fingerprint ?? this.desk.state.reported())) return
    this.sent = { id: this.desk.queue(body), fingerprint }
    await this.desk.commit()
  }

  /** What to remember when the hub has taken messages. */
  acknowledged(entries: readonly OutboxEntry[]): Changes {
    const { sent } = this
    if (sent === null || !entries.some(({ id }) => id === sent.id)) return {}
    this.sent = null
    return { reported: sent.fingerprint }
  }
}
