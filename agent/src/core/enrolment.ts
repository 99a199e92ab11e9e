import { enrolStatement, readClaim } from '@sutler/wire'
import { toBase64Url } from './base64.ts'
import { certifiedOf, keyRequest, keyText } from './certificate.ts'
import { backoffDelay } from './backoff.ts'
import { AgentError, reasonOf } from './errors.ts'
import { HubTime } from './hub-time.ts'
import { readIdentity, writeIdentity } from './identity.ts'
import type { Enrolled, EnrolledIdentity, Identity } from './identity.ts'
import type { AgentPlatform, Credential } from './platform.ts'
import type { AgentSettings } from './settings.ts'
import { learnAuthority, readJson } from './trust.ts'
import { waitFor } from './wait.ts'

export interface EnrolmentRequest {
  /** The hub's base URL, https (http for this machine only). */
  readonly hub: string
  /** Whom to recognise the hub by, PEM; null = whom the claim names, else those that the system trusts. */
  readonly authority: string | null
  readonly claim: string | null
  /** In place of a secret: the claim's certificate (with its chain, PEM) and its key (PKCS #8), as a factory has them. */
  readonly claimCredential: Credential | null
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
): Promise<EnrolledIdentity> {
  const known = await readIdentity(platform)
  if (known?.enrolled && !(await isOver(platform, settings, known.enrolled, request, stop))) {
    const identity = { ...known, authority: request.authority ?? known.authority, enrolled: known.enrolled }
    secureBy(platform, identity)
    return identity
  }
  if (request.claim === null) {
    throw new AgentError('not-enrolled', 'this device is not enrolled yet: give it a claim with --claim')
  }
  const identity = known ?? (await newIdentity(platform, request.serial))
  if (known === null) await writeIdentity(platform, identity)
  for (let failures = 1; ; failures++) {
    try {
      const authority = await authorityOf(platform, settings, request, request.claim, stop)
      const trusted = { ...identity, enrolled: null, authority }
      platform.secure({ authority, credential: request.claimCredential })
      const enrolled = await ask(platform, settings, request, request.claim, trusted, stop)
      const whole = { ...trusted, enrolled }
      await writeIdentity(platform, whole)
      // What was opened with a claim's certificate is of no use to the device.
      platform.http.close()
      secureBy(platform, whole)
      platform.log.info('enrolled', { device: enrolled.device, household: enrolled.household })
      return whole
    } catch (error) {
      stop.throwIfAborted()
      if (!(error instanceof AgentError)) throw error
      if (error.code === 'not-approved') failures = Math.max(failures, patient)
      else if (error.code !== 'network') throw error
      const delay = backoffDelay(settings.reconnect, failures, (platform.crypto.randomBytes(1)[0]! + 0.5) / 256)
      const message = error.code === 'network' ? 'the hub cannot be reached; trying again' : 'asking again later'
      platform.log.warn(message, { hub: request.hub, reason: reasonOf(error), delay })
      await waitFor(platform.clock, delay, stop)
      stop.throwIfAborted()
    }
  }
}

/** A person takes a while: the first wait is as long as after so many failures. */
const patient = 3

async function newIdentity(platform: AgentPlatform, serial: string | null): Promise<Identity> {
  const made = await platform.crypto.generateKey()
  const random = toBase64Url(platform.crypto.randomBytes(9))
  return { serial: serial ?? `S-${random}`, ...made, authority: null, enrolled: null }
}

/** From now on the hub is recognised by the identity's authority, and sees the device's certificate. */
export function secureBy(platform: AgentPlatform, { authority, privateKey, enrolled }: Identity): void {
  const credential = enrolled === null ? null : { certificate: enrolled.certificate, privateKey }
  platform.secure({ authority, credential })
}

/** Whether the certificate has ended, by the hub's clock, and there is another claim: then the device enrols again. */
async function isOver(
  platform: AgentPlatform,
  settings: AgentSettings,
  { expiresAt, claim }: Enrolled,
  request: EnrolmentRequest,
  stop: AbortSignal,
): Promise<boolean> {
  if (request.claim === null || request.claim === claim || platform.clock.now() < expiresAt) return false
  const time = new HubTime(platform, settings, request.hub)
  const asked = await time.correct(stop).then(
    () => true,
    () => false,
  )
  return asked && time.now() >= expiresAt
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
  const statement = new TextEncoder().encode(enrolStatement(claim, identity.serial, keyText(identity)))
  const signature = toBase64Url(await platform.crypto.sign(identity.privateKey, statement))
  const csr = await keyRequest(platform.crypto, identity, identity.serial)
  const { token } = readClaim(claim)
  const answer = await platform.http.request({
    method: 'POST',
    url: `${request.hub}/api/v1/enrolments`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ claim: token, serial: identity.serial, class: request.class, csr, signature }),
    idle: settings.idle,
    stop,
  })
  const body = await readJson(answer)
  if (answer.status === 200 || answer.status === 201) return { ...enrolledOf(platform, body), claim }
  if (answer.status === 202) {
    const ticket = textField(body, 'ticket') ?? 'the enrolment'
    throw new AgentError('not-approved', `a person has to agree first: sutler enrolment approve ${ticket}`)
  }
  const detail = textField(body, 'detail') ?? textField(body, 'title') ?? `answer ${answer.status}`
  if (answer.status >= 500 || answer.status === 429) throw new AgentError('network', detail)
  throw new AgentError('claim-refused', `the hub refused the enrolment: ${detail}. Ask for a new claim.`)
}

function enrolledOf(platform: AgentPlatform, body: unknown): Omit<Enrolled, 'claim'> {
  const [device, hub, mqtt, household] = ['device', 'hub', 'mqtt', 'household'].map((name) => textField(body, name))
  if (!device || !hub || !mqtt || !/^[a-z0-9-]{8,64}$/.test(device)) {
    throw new AgentError('network', 'the answer to the enrolment is not one of a Sutler hub')
  }
  const chance = (platform.crypto.randomBytes(1)[0]! + 0.5) / 256
  const trustRoot = textField(body, 'trustRoot')
  return { device, hub, mqtt, household: household ?? '', trustRoot, ...certifiedOf(body, chance) }
}

function textField(body: unknown, name: string): string | null {
  if (typeof body !== 'object' || body === null) return null
  const value = (body as Record<string, unknown>)[name]
  return typeof value === 'string' ? value : null
}
