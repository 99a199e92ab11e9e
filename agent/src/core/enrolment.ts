import { enrolStatement, readClaim } from '@sutler/wire'
import { toBase64Url } from './base64.ts'
import { backoffDelay } from './backoff.ts'
import { AgentError, reasonOf } from './errors.ts'
import { readIdentity, writeIdentity } from './identity.ts'
import type { Enrolled, Identity } from './identity.ts'
import type { AgentPlatform, HttpAnswer } from './platform.ts'
import type { AgentSettings } from './settings.ts'
import { learnAuthority, readText } from './trust.ts'
import { waitFor } from './wait.ts'

export interface EnrolmentRequest {
  /** The hub's base URL, https (http for this machine only). */
  readonly hub: string
  /** Whom to recognise the hub by, PEM; null = whom the claim names, else those that the system trusts. */
  readonly authority: string | null
  readonly claim: string | null
  readonly class: string
  /** null = one is made and kept. */
  readonly serial: string | null
}

/**
 * The device's identity: the one it has, else it enrols with the claim. The key is durable before the hub sees it, so that
 * an enrolment whose answer was lost can be repeated. Waits while the hub cannot be reached.
 * @throws AgentError `claim-refused`, `not-enrolled` (no claim given), the stop signal's reason
 */
export async function enrol(
  platform: AgentPlatform,
  settings: AgentSettings,
  request: EnrolmentRequest,
  stop: AbortSignal,
): Promise<Identity & { enrolled: Enrolled }> {
  const known = await readIdentity(platform)
  if (known?.enrolled) {
    const identity = { ...known, authority: request.authority ?? known.authority, enrolled: known.enrolled }
    secureBy(platform, identity)
    return identity
  }
  if (request.claim === null) {
    throw new AgentError('not-enrolled', 'this device is not enrolled yet: give it a claim with --claim')
  }
  const identity = known ?? newIdentity(platform, request.serial)
  if (known === null) await writeIdentity(platform, identity)
  for (let failures = 1; ; failures++) {
    try {
      const trusted = { ...identity, authority: await authorityOf(platform, settings, request, request.claim, stop) }
      secureBy(platform, trusted)
      const enrolled = await ask(platform, settings, request, readClaim(request.claim).token, trusted, stop)
      await writeIdentity(platform, { ...trusted, enrolled })
      platform.log.info('enrolled', { device: enrolled.device, household: enrolled.household })
      return { ...trusted, enrolled }
    } catch (error) {
      stop.throwIfAborted()
      if (!(error instanceof AgentError) || error.code !== 'network') throw error
      const delay = backoffDelay(settings.reconnect, failures, (platform.crypto.randomBytes(1)[0]! + 0.5) / 256)
      platform.log.warn('the hub cannot be reached; trying again', { hub: request.hub, reason: reasonOf(error), delay })
      await waitFor(platform.clock, delay, stop)
      stop.throwIfAborted()
    }
  }
}

function newIdentity(platform: AgentPlatform, serial: string | null): Identity {
  const made = platform.crypto.generateKey()
  const random = toBase64Url(platform.crypto.randomBytes(9))
  return { serial: serial ?? `S-${random}`, ...made, authority: null, enrolled: null }
}

/** From now on the hub is recognised by the identity's authority. */
function secureBy(platform: AgentPlatform, { authority }: Identity): void {
  platform.secure({ authority, credential: null })
}

async function authorityOf(
  platform: AgentPlatform,
  settings: AgentSettings,
  { hub, authority }: EnrolmentRequest,
  claim: string,
  stop: AbortSignal,
): Promise<string | null> {
  const { fingerprint } = readClaim(claim)
  if (authority !== null || fingerprint === null || hub.startsWith('http:')) return authority
  return learnAuthority(platform, settings, hub, fingerprint, stop)
}

async function ask(
  platform: AgentPlatform,
  settings: AgentSettings,
  request: EnrolmentRequest,
  claim: string,
  identity: Identity,
  stop: AbortSignal,
): Promise<Enrolled> {
  const publicKey = toBase64Url(identity.publicKey)
  const signature = toBase64Url(
    platform.crypto.sign(identity.privateKey, enrolStatement(claim, identity.serial, publicKey)),
  )
  const answer = await platform.http.request({
    method: 'POST',
    url: `${request.hub}/api/v1/enrolments`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ claim, serial: identity.serial, class: request.class, publicKey, signature }),
    idle: settings.idle,
    stop,
  })
  const body = await readJson(answer)
  if (answer.status === 200 || answer.status === 201) return enrolledOf(body)
  const detail = textField(body, 'detail') ?? textField(body, 'title') ?? `answer ${answer.status}`
  if (answer.status >= 500 || answer.status === 429) throw new AgentError('network', detail)
  throw new AgentError('claim-refused', `the hub refused the enrolment: ${detail}. Ask for a new claim.`)
}

function enrolledOf(body: unknown): Enrolled {
  const [device, hub, mqtt, household] = ['device', 'hub', 'mqtt', 'household'].map((name) => textField(body, name))
  if (!device || !hub || !mqtt || !/^[a-z0-9-]{8,64}$/.test(device)) {
    throw new AgentError('network', 'the answer to the enrolment is not one of a Sutler hub')
  }
  return { device, hub, mqtt, household: household ?? '', trustRoot: textField(body, 'trustRoot') }
}

function textField(body: unknown, name: string): string | null {
  if (typeof body !== 'object' || body === null) return null
  const value = (body as Record<string, unknown>)[name]
  return typeof value === 'string' ? value : null
}

/**
 * A small JSON answer.
 * @throws AgentError `network` when it is larger than 64 KiB or not JSON
 */
export async function readJson(answer: HttpAnswer): Promise<unknown> {
  const text = await readText(answer)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new AgentError('network', `answer ${answer.status} is not JSON`, error)
  }
}
