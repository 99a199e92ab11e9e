import { backoffDelay } from './backoff.ts'
import { certifiedOf, keyRequest } from './certificate.ts'
import { AgentError, reasonOf } from './errors.ts'
import type { HubTime } from './hub-time.ts'
import { writeIdentity } from './identity.ts'
import type { EnrolledIdentity } from './identity.ts'
import { renewalProof } from './proof.ts'
import type { AgentPlatform } from './platform.ts'
import type { AgentSettings } from './settings.ts'
import { readJson } from './trust.ts'
import { waitFor } from './wait.ts'

export interface RenewalOptions {
  readonly platform: AgentPlatform
  readonly settings: AgentSettings
  readonly hub: string
  readonly identity: EnrolledIdentity
  readonly time: HubTime
  /** The new certificate is on the disk, and is to be used from now on. */
  readonly onRenewed: (identity: EnrolledIdentity) => void
}

/** Between looks at the time, at most: it may be corrected, and runtimes' timers end at 24 days. */
const lookAgain = 3_600_000
/** Between attempts, at most. */
const patience = 6 * 3_600_000

/** Gets a new certificate before the one there is ends, again and again until stopped. */
export async function stayCertified(options: RenewalOptions, stop: AbortSignal): Promise<void> {
  const { platform, settings, time } = options
  let identity = options.identity
  let failures = 0
  while (!stop.aborted) {
    const left = identity.enrolled.renewAt - time.now()
    if (left > 0) {
      await waitFor(platform.clock, Math.min(left, lookAgain), stop)
      continue
    }
    try {
      // The device's own clock may be years ahead: only the hub's counts.
      await time.correct(stop)
      if (time.now() < identity.enrolled.renewAt) continue
      const enrolled = { ...identity.enrolled, ...(await renew(options, identity, stop)) }
      identity = { ...identity, enrolled }
      // Durable before it is used: the hub takes the old one for a copy afterwards.
      await writeIdentity(platform, identity)
      failures = 0
      platform.log.info('the certificate was renewed', { device: enrolled.device })
      options.onRenewed(identity)
    } catch (error) {
      if (stop.aborted) return
      failures++
      const policy = { first: settings.reconnect.most, most: patience }
      const delay = backoffDelay(policy, failures, (platform.crypto.randomBytes(1)[0]! + 0.5) / 256)
      platform.log.warn('the certificate was not renewed; trying again', { reason: reasonOf(error), delay })
      await waitFor(platform.clock, delay, stop)
    }
  }
}

async function renew({ platform, settings, hub, time }: RenewalOptions, identity: EnrolledIdentity, stop: AbortSignal) {
  const csr = await keyRequest(platform.crypto, identity, identity.enrolled.device)
  const shown = platform.showsCertificate && hub.startsWith('https:')
  const proof = shown ? {} : { proof: await renewalProof(platform.crypto, identity, time.nextToSign()) }
  const answer = await platform.http.request({
    method: 'POST',
    url: `${hub}/api/v1/enrolments/renewals`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ csr, ...proof }),
    idle: settings.idle,
    stop,
  })
  const body = await readJson(answer)
  if (answer.status === 201) return certifiedOf(body, (platform.crypto.randomBytes(1)[0]! + 0.5) / 256)
  throw new AgentError('network', `the hub refused the renewal: answer ${answer.status}`)
}
