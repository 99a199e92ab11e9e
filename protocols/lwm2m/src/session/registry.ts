import type { Path } from '../transport/path.ts'
import type { DeviceSession } from './device-session.ts'

/** The sessions that this hub has, by what they are looked up by. */
export class Registry {
  readonly #byDevice = new Map<string, DeviceSession>()
  readonly #byLocation = new Map<string, DeviceSession>()
  readonly #byPath = new Map<string, DeviceSession>()

  get all(): Iterable<DeviceSession> {
    return this.#byDevice.values()
  }

  get size(): number {
    return this.#byDevice.size
  }

  ofDevice(device: string): DeviceSession | undefined {
    return this.#byDevice.get(device)
  }

  /**
   * The session of a location, as far as this peer may speak for it: a secured one only under its own name, one without
   * security from wherever it is now, as the location is known to nobody else.
   */
  ofLocation(location: string, path: Path): DeviceSession | undefined {
    const session = this.#byLocation.get(location)
    return session?.registration.path.identity === path.identity ? session : undefined
  }

  ofPath(path: Path): DeviceSession | undefined {
    const session = this.#byPath.get(path.key)
    return session?.registration.path.identity === path.identity ? session : undefined
  }

  add(session: DeviceSession): void {
    this.#byDevice.set(session.device, session)
    this.#byLocation.set(session.registration.id, session)
    this.#byPath.set(session.registration.path.key, session)
    session.registration.path.held = true
  }

  /** The device is heard from another address, or over another connection. */
  move(session: DeviceSession, path: Path): void {
    this.#leavePath(session)
    session.registration.path = path
    path.held = true
    this.#byPath.set(path.key, session)
  }

  remove(session: DeviceSession): void {
    const { registration, device } = session
    if (this.#byDevice.get(device) === session) this.#byDevice.delete(device)
    if (this.#byLocation.get(registration.id) === session) this.#byLocation.delete(registration.id)
    this.#leavePath(session)
  }

  #leavePath(session: DeviceSession): void {
    const { path } = session.registration
    if (this.#byPath.get(path.key) !== session) return
    this.#byPath.delete(path.key)
    path.held = false
  }
}
