import { createDeviceSession, queueUp, restoreDeviceSession, saveDeviceSession } from '@sutler/wire'
import type { DeviceSession, UpBody } from '@sutler/wire'
import { fromBase64, toBase64 } from './base64.ts'
import { AgentError, reasonOf } from './errors.ts'
import { openJournal } from './journal.ts'
import type { Changes, Journal } from './journal.ts'
import type { AgentPlatform } from './platform.ts'
import type { AgentSettings } from './settings.ts'
import { stateOf } from './state.ts'
import type { AgentState } from './state.ts'
import { waitFor } from './wait.ts'
import type { AgentWatch } from './watch.ts'

export interface DeskOptions {
  readonly platform: AgentPlatform
  readonly settings: AgentSettings
  readonly stop: AbortSignal
  /** New at every start. */
  readonly boot: string
  readonly watch?: AgentWatch | undefined
}

/**
 * Where messages and work meet: the talk with the hub, the durable state, and one turn at a time for whoever changes them.
 * What a message changes and the messages it causes become durable in one commit; only then may any of them be sent.
 */
export class Desk {
  readonly session: DeviceSession
  readonly state: AgentState
  /** Called when there may be something to send. */
  onSendable: () => void = () => undefined
  private readonly journal: Journal
  private readonly platform: AgentPlatform
  private readonly settings: AgentSettings
  private readonly stop: AbortSignal
  private readonly watch: AgentWatch | undefined
  private savedRevision: number
  private turn: Promise<unknown> = Promise.resolve()

  private constructor({ platform, settings, stop, boot, watch }: DeskOptions, journal: Journal) {
    this.platform = platform
    this.settings = settings
    this.stop = stop
    this.watch = watch
    this.journal = journal
    this.state = stateOf(journal)
    const saved = this.state.session()
    this.session = saved === null ? createDeviceSession(boot) : restoreDeviceSession(fromBase64(saved), boot)
    this.savedRevision = this.session.revision
  }

  static async open(options: DeskOptions): Promise<Desk> {
    const desk = new Desk(options, await openJournal(options.platform))
    options.watch?.state(desk.state)
    return desk
  }

  /** Whether everything the session holds is durable: nothing may be sent before. */
  get sendable(): boolean {
    return this.session.revision === this.savedRevision
  }

  /** Runs `act` when every earlier one has ended. */
  inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.turn.then(() => {
      this.stop.throwIfAborted()
      return act()
    })
    // Whoever asked is told; the next one has its turn all the same.
    this.turn = done.catch(() => undefined)
    return done
  }

  /** Queues a message to the hub; it leaves after the next commit. */
  queue(body: UpBody): string {
    this.watch?.told(body)
    return queueUp(this.session, body)
  }

  /**
   * Makes changes durable together with what the session has changed since. Only within a turn. While the disk takes
   * nothing it waits and tries again: the hub keeps what is not acknowledged.
   * @throws the stop signal's reason
   */
  async commit(changes: Changes = {}): Promise<void> {
    const revision = this.session.revision
    const session = this.sendable ? {} : { session: toBase64(saveDeviceSession(this.session)) }
    const all = { ...changes, ...session }
    while (Object.keys(all).length > 0) {
      this.stop.throwIfAborted()
      try {
        await this.journal.commit(all)
        break
      } catch (error) {
        if (!(error instanceof AgentError)) throw error
        this.platform.log.warn('the journal cannot be written; trying again', {
          reason: reasonOf(error.cause ?? error),
        })
        await waitFor(this.platform.clock, this.settings.journalRetry, this.stop)
      }
    }
    this.savedRevision = revision
    this.watch?.state(this.state)
    this.onSendable()
  }

  async close(): Promise<void> {
    await this.turn
    await this.journal.close()
  }
}
