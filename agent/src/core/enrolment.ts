import { enrolStatement } from '@sutler/wire'
import { toBase64Url } from './base64.ts'
import { backoffDelay } from './backoff.ts'
import { AgentError, reasonOf } from './errors.ts'
import { readIdentity, writeIdentity } from './identity.ts'
import type { Enrolled, Identity } from './identity.ts'
import type { AgentPlatform, HttpAnswer } from './platform.ts'
import type { AgentSettings } from './settings.ts'
import { waitFor } from './wait.ts'

export interface EnrolmentRequest {
  /** The hub's base URL, http or https. */
  readonly hub: string
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
  if (known?.enrolled) return { ...known, enrolled: known.enrolled }
  if (request.claim === null) {
    throw new AgentError('not-enrolled', 'this device is not enrolled yet: give it a claim with --claim')
  }
  const identity = known ?? newIdentity(platform, request.serial)
  if (known === null) await writeIdentity(platform, identity)
  for (let failures = 1; ; failures++) {
    try {
      const enrolled = await ask(platform, settings, request, request.claim, identity, stop)
      await writeIdentity(platform, { ...identity, enrolled })
      platform.log.info('enrolled', { device: enrolled.device, household: enrolled.household })
      return { ...identity, enrolled }
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
  return { serial: serial ?? `S-${random}`, ...made, enrolled: null }
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
  return { device, hub, mqtt, household: household ?? '' }
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
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const chunk of answer.body) {
      text += decoder.decode(chunk, { stream: true })
      if (text.length > 65_536) throw new AgentError('network', 'the answer is too large')
    }
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof AgentError) throw error
    throw new AgentError('network', `answer ${answer.status} is not JSON`, error)
  } finally {
    answer.close()
  }
}
