import {
  createDeviceSession,
  decodeDown,
  dueMessages,
  acknowledgeDown,
  nextDueAt,
  queueUp,
  receiveDown,
  restoreDeviceSession,
  saveDeviceSession,
  sessionConnected,
  topics,
  WireError,
  type DeviceSession,
} from '@sutler/wire'
import { DeviceLink, type LinkOwner } from '../net/device-link.ts'
import { hostOf } from '../net/loopback.ts'
import * as mqtt from '../net/mqtt-packets.ts'
import type { WheelItem } from '../net/timer-wheel.ts'
import { deviceProfile, type DeviceProfile } from '../plan/device-profile.ts'
import { faultPlan, type FaultPlan } from '../plan/fault-plan.ts'
import { randomFor } from '../plan/random.ts'
import type { FleetContext } from './context.ts'
import { capabilityReport } from './capability-report.ts'
import { DeviceWork } from './device-work.ts'
import { DeviceClock } from './device-clock.ts'
import { DeviceIdentity } from './device-identity.ts'
import { DeviceRequests } from './requests.ts'

type Phase = 'new' | 'connecting' | 'online' | 'away' | 'stopped'

const connectMilliseconds = 20_000
const firstBackoffMilliseconds = 250
const longestBackoffMilliseconds = 30_000
/** CONNACK return code 5 [MQTT 3.1.1 §3.2.2.3]: here also the sign of a wrong clock. */
const notAuthorized = 5

/** One simulated device: its connection, its clock, and what disturbs them. What it is asked to do is in `work`. */
export class NativeDevice implements LinkOwner, WheelItem {
  readonly index: number
  readonly context: FleetContext
  readonly faults: FaultPlan
  readonly work: DeviceWork
  readonly requests: DeviceRequests
  readonly identity: DeviceIdentity
  session: DeviceSession
  wakeAt = 0
  #phase: Phase = 'new'
  #link: DeviceLink | null = null
  /** Connecting: deadline. Away: when it comes back. Online: when a ping is due. */
  #due = 0
  /** When the next absence begins; 0 = none is planned. */
  #absentAt = 0
  #absences = 0
  readonly #clock: DeviceClock
  #attempts = 0
  #boots = 0
  #dice: (() => number) | null = null

  constructor(context: FleetContext, index: number) {
    const { seed, faults } = context.options
    this.context = context
    this.index = index
    this.faults = faultPlan(seed, index, faults)
    this.#clock = new DeviceClock(this.faults.clockOffset)
    this.identity = new DeviceIdentity(context, index)
    this.work = new DeviceWork(this)
    this.requests = new DeviceRequests(this)
    this.session = createDeviceSession(this.#boot())
  }

  get online(): boolean {
    return this.#phase === 'online'
  }

  get profile(): DeviceProfile {
    const { seed, perHousehold } = this.context.options
    return deviceProfile(seed, this.index, perHousehold)
  }

  /** Opens a connection; must have been enrolled. */
  connect(): void {
    const { context, identity } = this
    const peer = hostOf(identity.enrolment!.mqtt, 'mqtt', context.options.allowRemote)
    this.#phase = 'connecting'
    this.#wakeBy(context.wheel.now() + connectMilliseconds)
    this.#link = new DeviceLink(peer, identity.credentials(peer), this, context.traffic)
  }

  /** Ends for good: as a device that is switched off in order. */
  stop(): void {
    this.#leave('stopped')?.end(mqtt.disconnectPacket)
  }

  /** Goes through a restart that an installation asked for. */
  restart(): void {
    this.context.statistics.restarts++
    const link = this.#away(this.profile.restartMilliseconds)
    this.#reboot()
    link?.end(mqtt.disconnectPacket)
  }

  /** Loses power: what was not durable is gone. */
  losePower(milliseconds: number): void {
    this.context.statistics.kills++
    const link = this.#away(milliseconds)
    this.#reboot()
    link?.destroy()
  }

  /** Sends what is due. */
  flush(): void {
    if (this.#phase !== 'online') return
    const now = this.context.wheel.now()
    for (const message of dueMessages(this.session, now)) this.#send(message)
    const next = nextDueAt(this.session)
    if (next !== null) this.context.wheel.wakeAt(this, Math.max(next, now + 1))
  }

  queueCapabilities(): void {
    queueUp(this.session, capabilityReport(this.profile, this.work.installed, this.requests.settings))
  }

  dice(): number {
    this.#dice ??= randomFor(this.context.options.seed, 'dice', this.index)
    return this.#dice()
  }

  // LinkOwner

  opened(): void {
    const { identity, context } = this
    const password = identity.password(this.#clock)
    this.#link?.write(mqtt.connectPacket(identity.enrolment!.device, password, context.options.keepAliveSeconds))
  }

  packet(header: number, bytes: Buffer, start: number, end: number): boolean {
    switch (header >> 4) {
      case mqtt.packetType.publish:
        this.#received(header, bytes, start, end)
        break
      case mqtt.packetType.connack:
        this.#connack(end - start < 2 ? notAuthorized : bytes[start + 1]!)
        break
      case mqtt.packetType.suback:
        if (end - start >= 3 && bytes[start + 2]! <= 2) this.#cameOnline()
        else this.#link?.destroy('the broker refused the subscription')
        break
    }
    return this.#link !== null
  }

  taken(): void {
    this.flush()
  }

  closed(link: DeviceLink, detail: string): void {
    if (link !== this.#link) return
    const { statistics } = this.context
    statistics.connectionsLost++
    if (detail !== '') statistics.problem('connection', detail)
    this.#backOff()
  }

  // WheelItem

  wake(now: number): void {
    switch (this.#phase) {
      case 'connecting':
        if (now >= this.#due) this.#link?.destroy('no answer from the broker')
        break
      case 'away':
        if (now >= this.#due) return this.connect()
        break
      case 'online':
        return this.#wakeOnline(now)
    }
    this.context.wheel.wakeAt(this, this.#due)
  }

  #wakeOnline(now: number): void {
    if (this.#absentAt !== 0 && now >= this.#absentAt) return this.#goAbsent()
    if (now >= this.#due) {
      this.#link?.write(mqtt.pingRequest)
      this.#due = now + this.#pingMilliseconds()
    }
    this.flush()
    this.context.wheel.wakeAt(this, this.#absentAt === 0 ? this.#due : Math.min(this.#due, this.#absentAt))
  }

  #pingMilliseconds(): number {
    return this.context.options.keepAliveSeconds * 700
  }

  #goAbsent(): void {
    const absence = this.faults.absences[this.#absences++]!
    this.#absentAt = 0
    this.context.statistics.absences++
    this.#away(absence.lasts)?.destroy()
  }

  #connack(code: number): void {
    const { statistics } = this.context
    if (code === 0)
      return this.#link!.write(
        mqtt.subscribePacket(this.#link!.nextPacketId(), topics(this.identity.enrolment!.device).down),
      )
    statistics.refusedConnections++
    if (code !== notAuthorized) statistics.problem('connection', `the broker refused with return code ${code}`)
    const link = this.#link
    this.#backOff()
    link?.destroy()
    if (code === notAuthorized) void this.#clock.correct(this.context)
  }

  #cameOnline(): void {
    const { context } = this
    if (this.#phase !== 'connecting') return
    this.#phase = 'online'
    this.#attempts = 0
    context.statistics.online++
    context.statistics.connections++
    const now = context.wheel.now()
    const absence = this.faults.absences[this.#absences]
    this.#absentAt = absence ? now + absence.after : 0
    this.#wakeBy(now + this.#pingMilliseconds())
    if (absence) context.wheel.wakeAt(this, this.#absentAt)
    sessionConnected(this.session)
    queueUp(this.session, { t: 'hello', versions: [1], agent: 'sutler-fleet/0.1.0', boot: this.session.boot })
    this.queueCapabilities()
    this.work.resume()
  }

  #received(header: number, bytes: Buffer, start: number, end: number): void {
    const { id, payload } = mqtt.readPublish(header, bytes, start, end)
    if (id !== 0) this.#link!.write(mqtt.pubackPacket(id))
    try {
      this.work.receive(receiveDown(this.session, decodeDown(bytes.subarray(payload, end))))
    } catch (error) {
      if (!(error instanceof WireError)) throw error
      this.context.statistics.problem('message', error.message)
      if (error.messageId !== undefined) acknowledgeDown(this.session, error.messageId, error.code)
    }
  }

  #send(message: Uint8Array): void {
    const { statistics, wheel } = this.context
    statistics.messages++
    if (this.faults.reorder && this.dice() < 0.3) {
      const link = this.#link
      wheel.after(20 + Math.floor(this.dice() * 150), () => {
        if (this.#link === link) this.#publish(message)
      })
      statistics.reordered++
    } else this.#publish(message)
    if (this.faults.duplicates && this.dice() < 0.5) {
      statistics.duplicatesSent++
      this.#publish(message)
    }
  }

  #publish(message: Uint8Array): void {
    const link = this.#link!
    link.write(mqtt.publishPacket(link.nextPacketId(), topics(this.identity.enrolment!.device).up, message))
  }

  #boot(): string {
    return `${this.context.run}.${(this.#boots++).toString(36)}`
  }

  #reboot(): void {
    this.session = restoreDeviceSession(saveDeviceSession(this.session), this.#boot())
  }

  #backOff(): void {
    const longest = Math.min(firstBackoffMilliseconds * 2 ** this.#attempts++, longestBackoffMilliseconds)
    this.#away(longest * (0.5 + this.dice() / 2))
  }

  /** Leaves the connection, to come back after that time. @returns the link, for the caller to close */
  #away(milliseconds: number): DeviceLink | null {
    const link = this.#leave('away')
    this.#wakeBy(this.context.wheel.now() + Math.ceil(milliseconds))
    return link
  }

  #leave(phase: 'away' | 'stopped'): DeviceLink | null {
    if (this.#phase === 'online') this.context.statistics.online--
    this.#phase = phase
    const link = this.#link
    this.#link = null
    this.work.interrupt()
    return link
  }

  #wakeBy(at: number): void {
    this.#due = Math.floor(at)
    this.context.wheel.wakeAt(this, this.#due)
  }
}
