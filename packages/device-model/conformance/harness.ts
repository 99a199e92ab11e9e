import type { DeviceProtocol, IdentityClaim, InstallRole, Output, ProgressStage, Unit } from '../src/index.ts'
import type { ConformanceHost } from './host.ts'

/** What a protocol package brings so that the suite can try it: the protocol on real sockets, and devices that speak it. */
export interface Harness {
  readonly name: string
  /**
   * A component that the simulated device installs. By default one file of a few kilobytes of the role `unit`.
   * @param size bytes, at least; for tests that stop a download half-way
   */
  component?(service: string, version: string, size: number): ComponentGiven
  /** Stages at which the simulated device can be made to stop and to fail. */
  readonly stages: readonly ProgressStage[]
  /** Cases that make no sense here, by title: why not, as a sentence about the protocol. */
  readonly skips?: Readonly<Record<string, string>>
  /** Puts the protocol up, on ports of its own; again after a `stop`, on the same ones. */
  start(host: ConformanceHost): Promise<DeviceProtocol>
  /** A device that has never been switched on. The host knows what it shows (`host.admit`). */
  device(host: ConformanceHost, number: number): Promise<SimulatedDevice>
  /** Ends what `start` and `device` opened. */
  end(): Promise<void>
}

export interface ComponentGiven {
  readonly files: readonly { readonly path: string; readonly content: Uint8Array }[]
  readonly role?: InstallRole
  readonly reports?: { readonly name?: string; readonly version?: string }
}

/** Where an install can be made to stop: `accept` = when the device is asked. */
export type Stop = ProgressStage | 'accept'

/** A simulated device, on real sockets and with an encoder of its own. */
export interface SimulatedDevice {
  readonly id: string
  /** What it shows, for the test that shows something else. */
  readonly claim: Pick<IdentityClaim, 'protocol' | 'identity' | 'tenant'>
  /** Switches it on: it starts, gets in touch and says what it is. */
  on(): Promise<void>
  /** Pulls the plug: connections end without a word. What is installed stays. */
  off(): Promise<void>
  /** What a device does by itself from time to time: a poll, a session. Does nothing where the hub sends. */
  turn(): Promise<void>
  /** The next installs fail at this stage, as the device would; null = no more. */
  failAt(stop: Stop | null): void
  /** The next install waits at this stage until `null` is given. */
  holdAt(stage: ProgressStage | null): void
  /** Whether it waits there now. */
  held(): boolean
  /** From now on it says everything twice, as after a lost answer. */
  stutter(on: boolean): void
  /** What is really in place. */
  runs(): readonly Unit[]
  /** Changes what is in place behind the hub's back; says so when it next reports by itself or is asked. */
  alter(units: readonly Unit[]): void
  /** It reports success for installs, but goes on running what it ran. */
  pretend(on: boolean): void
  /** How often it has installed something. */
  installs(): number
  /** What else it was asked to do, oldest first: `restart`, `configure`, `message`, `collect-log`. */
  asked(): readonly Output['kind'][]
}
