import { acknowledgeDown, limits } from '@sutler/wire'
import type { Collect, Configure, OutboxEntry, Restart, Show } from '@sutler/wire'
import type { Desk } from '../desk.ts'
import { reasonOf } from '../errors.ts'
import type { HubTime } from '../hub-time.ts'
import type { AgentPlatform } from '../platform.ts'
import type { Reporter } from '../reporter.ts'
import type { Configuration } from './configuration.ts'

export type Request = Collect | Restart | Configure | Show

export interface RequestsOptions {
  readonly platform: AgentPlatform
  readonly desk: Desk
  readonly reporter: Reporter
  readonly configuration: Configuration
  readonly time: Pick<HubTime, 'now'>
  /** Of this start. */
  readonly boot: string
  /** Ends this start: what is going on is left where it is. */
  readonly restart: () => void
}

/**
 * What the hub asks of the device beside deliveries. Such a message is acknowledged when it is done, not before: the hub's queue is
 * what remembers it, and after a power cut the hub asks again.
 */
export class Requests {
  private readonly options: RequestsOptions
  /** Id of a log on its way → that of the message that asked for it. */
  private readonly answers = new Map<string, string>()
  /** Texts are shown one after the other. */
  private showing: Promise<void> = Promise.resolve()

  constructor(options: RequestsOptions) {
    this.options = options
  }

  /** Within a turn. */
  async take(request: Request): Promise<void> {
    switch (request.t) {
      case 'collect':
        return this.collect(request)
      case 'restart':
        return this.restart(request)
      case 'configure':
        return this.configure(request)
      case 'show':
        return this.show(request)
    }
  }

  /** The hub has taken messages, or refused them for good: a log among them is the end of what asked for it. Before a commit. */
  acknowledged(entries: readonly OutboxEntry[]): void {
    for (const { id } of entries) {
      const asked = this.answers.get(id)
      if (asked === undefined) continue
      this.answers.delete(id)
      acknowledgeDown(this.options.desk.session, asked)
    }
  }

  private async collect({ id, request, bytes, since }: Collect): Promise<void> {
    const { desk, platform, time } = this.options
    if (platform.keptLines === null) return this.end(id, 'unknown-type')
    // The lines have the device's own time.
    const ahead = time.now() - platform.clock.now()
    const from = since === undefined ? 0 : Math.max(0, since * 1000 - ahead)
    const lines = await platform.keptLines.newest(Math.min(bytes, limits.logBytes), from)
    this.answers.set(desk.queue({ t: 'log', request, lines }), id)
    await desk.commit()
  }

  /** The start after this one acknowledges it, when the hub asks again. */
  private async restart({ id, reason = '' }: Restart): Promise<void> {
    const { desk, platform, boot, restart } = this.options
    const { [id]: since, ...others } = desk.state.restarts()
    if (since !== undefined && since !== boot) {
      acknowledgeDown(desk.session, id)
      return desk.commit({ restarts: others })
    }
    await desk.commit({ restarts: Object.fromEntries([...Object.entries(others).slice(-15), [id, boot]]) })
    platform.log.info('the hub asks for a restart', { reason })
    restart()
  }

  private async configure({ id, settings }: Configure): Promise<void> {
    const { desk, platform, configuration, reporter } = this.options
    const reason = configuration.refusal(settings)
    if (reason !== null) {
      platform.log.warn('settings were refused', { reason })
      return this.end(id, 'bad-field')
    }
    configuration.apply(settings)
    platform.log.info('settings were changed', settings)
    await reporter.report()
    acknowledgeDown(desk.session, id)
    await desk.commit({ chosen: { ...desk.state.chosen(), ...settings } })
  }

  private async show({ id, text }: Show): Promise<void> {
    const { screen } = this.options.platform
    if (screen === null) return this.end(id, 'unknown-type')
    // Not within this turn: a program that shows it may take its time. Stopped meanwhile it is not acknowledged, and the hub asks again.
    this.showing = this.showing.then(() => this.shown(id, screen.show(text))).catch(() => undefined)
  }

  private async shown(id: string, work: Promise<void>): Promise<void> {
    const { desk, platform } = this.options
    let error: string | undefined
    try {
      await work
    } catch (failure) {
      platform.log.warn('a text could not be shown', { reason: reasonOf(failure) })
      error = 'not-shown'
    }
    await desk.inTurn(() => this.end(id, error))
  }

  /** @param error why it is not done, for good */
  private async end(id: string, error?: string): Promise<void> {
    const { desk } = this.options
    acknowledgeDown(desk.session, id, error)
    await desk.commit()
  }
}
