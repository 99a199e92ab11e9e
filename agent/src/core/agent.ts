import { clipText } from '@sutler/wire'
import { toBase64Url } from './base64.ts'
import type { Profile } from './capabilities.ts'
import { stayConnected } from './connection.ts'
import { Desk } from './desk.ts'
import { enrol, secureBy } from './enrolment.ts'
import { FilesOverMqtt } from './files-over-mqtt.ts'
import { AgentError, reasonOf } from './errors.ts'
import { HubTime } from './hub-time.ts'
import type { EnrolledIdentity } from './identity.ts'
import { InstallRunner } from './install/runner.ts'
import { takeMessage } from './mailbox.ts'
import type { AgentPlatform, Credential } from './platform.ts'
import { stayCertified } from './renewal.ts'
import { Reporter } from './reporter.ts'
import { Configuration } from './requests/configuration.ts'
import { Requests } from './requests/requests.ts'
import { stayVerified } from './verification.ts'
import { Permits } from './signed/permits.ts'
import { plantRoot } from './signed/plant-root.ts'
import { defaultSettings } from './settings.ts'
import type { AgentSettings } from './settings.ts'
import type { AgentWatch } from './watch.ts'

export interface AgentOptions {
  readonly platform: AgentPlatform
  readonly settings?: Partial<AgentSettings>
  /** The hub's base URL, http or https, without a slash at its end. */
  readonly hub: string
  /** Whom to recognise the hub by, PEM; null = the claim or the system says. */
  readonly authority: string | null
  /** Signed root metadata that the device came with; null = those that the hub gives at the enrolment. */
  readonly trustRoot: string | null
  /** Ignored by a device that is enrolled. */
  readonly claim: string | null
  /** Of a claim that is a certificate. */
  readonly claimCredential?: Credential | null
  readonly serial: string | null
  readonly profile: Profile
  /** Files and signed metadata come over MQTT; absent = over HTTP. Enrolment and renewal are over HTTP either way. */
  readonly filesOverMqtt?: boolean
  /** Name and version of the agent software. */
  readonly software: string
  readonly watch?: AgentWatch
}

/**
 * Runs one boot of the agent: enrols if it must, then serves the hub until stopped.
 * @returns `restart` when an installation needs the device to start again
 * @throws AgentError `claim-refused`, `not-enrolled`, `disk`
 */
export async function runAgent(options: AgentOptions, stop: AbortSignal): Promise<'restart' | 'stopped'> {
  const { platform } = options
  const settings = { ...defaultSettings, ...options.settings }
  try {
    const { hub, authority, claim, claimCredential = null, serial } = options
    const request = { hub, authority, claim, claimCredential, serial, class: options.profile.class }
    const identity = await enrol(platform, settings, request, stop)
    return await serve(options, settings, identity, stop)
  } catch (error) {
    if (stop.aborted) return 'stopped'
    throw error
  } finally {
    platform.http.close()
    await platform.keptLines?.close()
  }
}

async function serve(
  options: AgentOptions,
  given: AgentSettings,
  identity: EnrolledIdentity,
  stop: AbortSignal,
): Promise<'restart' | 'stopped'> {
  const { platform } = options
  const boot = toBase64Url(platform.crypto.randomBytes(12))
  const ending = new AbortController()
  const end = (): void => ending.abort(new AgentError('stopped', 'the agent stops'))
  stop.addEventListener('abort', end)
  if (stop.aborted) end()
  await plantRoot(platform.files, options.trustRoot ?? identity.enrolled.trustRoot)
  options.watch?.enrolled(identity)
  const desk = await Desk.open({ platform, settings: given, stop: ending.signal, boot, watch: options.watch })
  try {
    const configuration = new Configuration(given, desk.state.chosen())
    const { settings } = configuration
    const time = new HubTime(platform, settings, options.hub)
    const files = options.filesOverMqtt ? new FilesOverMqtt(platform) : null
    const fetching = files ? { ...platform, http: files.http(platform.http) } : platform
    const reporter = new Reporter(platform, desk, { ...options.profile, filesOverMqtt: files !== null }, configuration)
    const guard = guarded(platform, ending.signal)
    const floor = new InstallRunner({
      platform: fetching,
      settings,
      desk,
      boot,
      now: () => time.now(),
      permits: permitsOf({ ...options, platform: fetching }, settings, identity, time),
      onInstalled: () => guard(desk.inTurn(() => reporter.reportChange())),
    })
    const restart = (): void => floor.restart()
    const requests = new Requests({ platform, desk, reporter, configuration, time, boot, restart })
    const onReady = (): void => {
      floor.reachable()
      desk.queue({ t: 'hello', versions: [1], agent: clipText(options.software), boot })
      guard(desk.inTurn(() => reporter.reportChange()))
    }
    const onMessage = (payload: Uint8Array): void =>
      guard(takeMessage({ desk, platform, settings, floor, reporter, requests }, payload))
    let change = new AbortController()
    const changed = (): AbortSignal => change.signal
    const onRenewed = (renewed: EnrolledIdentity): void => {
      secureBy(platform, renewed)
      const before = change
      change = new AbortController()
      before.abort()
    }
    const { hub, watch } = options
    const link = { platform, settings, hub, watch, identity, desk, files, time, changed, onReady, onMessage }
    const connected = stayConnected(link, ending.signal)
    connected.catch(end)
    guard(stayCertified({ platform, settings, hub: options.hub, identity, time, onRenewed }, ending.signal))
    const onChanged = (): void => guard(desk.inTurn(() => reporter.reportChange()))
    guard(stayVerified({ platform, configuration, state: desk.state, onChanged }, ending.signal))
    const result = await floor.run(ending.signal).finally(end)
    await connected
    return result
  } finally {
    end()
    stop.removeEventListener('abort', end)
    await desk.close()
  }
}

function permitsOf(
  options: AgentOptions,
  settings: AgentSettings,
  { enrolled }: EnrolledIdentity,
  time: HubTime,
): Permits {
  const { platform, hub, profile } = options
  const model = profile.model ?? platform.probe().hardware.model
  return new Permits({ platform, settings, hub, device: enrolled.device, model, hubTime: () => time.now() })
}

/** Logs what goes wrong in work nobody waits for; the hub repeats what was not acknowledged. */
function guarded(platform: AgentPlatform, stop: AbortSignal): (work: Promise<void>) => void {
  return (work) => {
    work.catch((error: unknown) => {
      if (!stop.aborted) platform.log.warn('a message could not be worked on', { reason: reasonOf(error) })
    })
  }
}
