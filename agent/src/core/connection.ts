import { backoffDelay, failuresAfter } from './backoff.ts'
import type { Desk } from './desk.ts'
import type { FilesOverMqtt } from './files-over-mqtt.ts'
import { reasonOf } from './errors.ts'
import type { HubTime } from './hub-time.ts'
import type { EnrolledIdentity } from './identity.ts'
import { holdLink } from './link.ts'
import { signedPassword } from './proof.ts'
import type { LinkEnd } from './link.ts'
import type { AgentPlatform } from './platform.ts'
import type { AgentSettings } from './settings.ts'
import { waitFor } from './wait.ts'
import type { AgentWatch } from './watch.ts'

export interface ConnectionOptions {
  readonly platform: AgentPlatform
  readonly settings: AgentSettings
  /** Its base URL. */
  readonly hub: string
  readonly identity: EnrolledIdentity
  /** Ends each link that stands, so that the next one shows what has changed. */
  readonly changed: () => AbortSignal
  readonly desk: Desk
  readonly files: FilesOverMqtt | null
  readonly time: HubTime
  readonly onReady: () => void
  readonly onMessage: (payload: Uint8Array) => void
  readonly watch?: AgentWatch | undefined
}

/** CONNACK "not authorised": revoked, or signed by a wrong clock. */
const notAuthorised = 5

/** A change of the clock below this many ms is none: the refusal had another reason. */
const clockWasRight = 2000

/** Keeps a link to the hub until stopped: after each end it connects again, by backoff with full jitter. */
export async function stayConnected(options: ConnectionOptions, stop: AbortSignal): Promise<void> {
  const { platform, settings, time } = options
  let failures = 0
  while (!stop.aborted) {
    const since = { monotonic: platform.clock.monotonic(), ready: false }
    const end = await connectOnce(options, () => (since.ready = true), stop)
    if (stop.aborted) return
    if (end.left) continue
    const lived = since.ready ? platform.clock.monotonic() - since.monotonic : 0
    if (end.refused === notAuthorised && (await clockWasWrong(platform, time, stop))) {
      failures++
      if (failures < 3) continue
    }
    failures = failuresAfter(failures, lived)
    const delay = backoffDelay(settings.reconnect, failures, (platform.crypto.randomBytes(1)[0]! + 0.5) / 256)
    options.watch?.link(end.reason)
    platform.log.warn('not connected; trying again', { reason: end.reason, delay })
    await waitForNetwork(platform, delay, stop)
  }
}

/** A network that is back ends the wait. */
async function waitForNetwork(platform: AgentPlatform, delay: number, stop: AbortSignal): Promise<void> {
  const back = new AbortController()
  const forget = platform.onNetworkBack?.(() => back.abort())
  await waitFor(platform.clock, delay, AbortSignal.any([stop, back.signal]))
  forget?.()
}

async function connectOnce(options: ConnectionOptions, onReady: () => void, stop: AbortSignal): Promise<LinkEnd> {
  const { platform, settings, identity, desk, time } = options
  const { device, mqtt } = identity.enrolled
  const url = platform.sockets.addressOf(mqtt, options.hub)
  // Over TLS the device is its certificate, where it can show it.
  const shown = platform.showsCertificate && url.startsWith('mqtts:')
  const password = shown ? '' : await signedPassword(platform.crypto, identity, time.nextToSign())
  const ready = (): void => {
    onReady()
    options.watch?.link(null)
    platform.log.info('connected', { device, mqtt: url })
    options.onReady()
  }
  const link = {
    clock: platform.clock,
    sockets: platform.sockets,
    desk,
    files: options.files,
    url,
    device,
    password,
    keepAliveSeconds: settings.keepAliveSeconds,
    connectTimeout: settings.connectTimeout,
    onReady: ready,
    onMessage: options.onMessage,
  }
  return holdLink(link, AbortSignal.any([stop, options.changed()]))
}

async function clockWasWrong(platform: AgentPlatform, time: HubTime, stop: AbortSignal): Promise<boolean> {
  try {
    const change = await time.correct(stop)
    if (Math.abs(change) < clockWasRight) return false
    platform.log.info("the device's clock is wrong; going by the hub's", { byMilliseconds: Math.round(change) })
    return true
  } catch (error) {
    platform.log.warn("the hub's time cannot be learnt", { reason: reasonOf(error) })
    return false
  }
}
