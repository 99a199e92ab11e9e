import type { Hono } from 'hono'
import { notFound, type Access } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { claimRefused, missing, notQuarantined, renewalRefused, tooManyAttempts } from '../app/codes.ts'
import { bindings } from '../../../platform/http/bindings.ts'
import { peerCertificate } from '../../../platform/tls/peer-certificate.ts'
import { overloaded } from '../../../platform/grouped.ts'
import type { RegistrationApp } from '../app/index.ts'
import {
  enrolmentRequest,
  enrolmentView,
  newClaimView,
  renewalRequest,
  renewalView,
  waitingView,
} from '../contract/devices.ts'
import { idParams } from '../contract/parts.ts'
import { attempt } from './attempt.ts'
import { certified, claimOut, iso } from './views.ts'

const tag = 'Enrolment'

/** How soon a device that waits for a person is to ask again, in seconds. */
const askAgainSeconds = 10

export function enrolmentRoutes(
  app: Hono<ApiEnv>,
  access: Access,
  {
    enrol,
    renew,
    authority,
    installation,
    mqttUrl,
    recognised,
    trustRoot,
    revocation,
    quarantine,
    deviceOf,
  }: RegistrationApp,
): void {
  app.post(
    '/enrolments',
    ...endpoint({
      id: 'enrolDevice',
      summary: 'Enrols a device that holds a claim and a key of its own',
      description:
        'The same claim and key again gives the same answer again, with status 200. Where a person has to agree first the answer is 202: ask again.',
      tag,
      security: 'none',
      body: enrolmentRequest,
      answer: {
        status: 201,
        schema: enrolmentView,
        or: { status: 202, schema: waitingView, description: 'A person is to agree' },
      },
      problems: [claimRefused, tooManyAttempts, overloaded],
    }),
    async (c) => {
      const [root, enrolled] = await attempt(c, async (address) => {
        // A device without a root could install nothing: its claim is not used up for that.
        const given = await trustRoot()
        const shown = peerCertificate(bindings(c).incoming?.socket)
        return [given, await enrol(valid(c, 'json'), address, shown)] as const
      })
      if (enrolled.kind === 'waiting') {
        c.header('retry-after', String(askAgainSeconds))
        return c.json({ ticket: enrolled.ticket, expiresAt: iso(enrolled.expiresAt) }, 202)
      }
      const { repeated, device, household, certificate } = enrolled
      const place = { device, hub: installation.hub(), mqtt: mqttUrl(), household, trustRoot: root }
      return c.json({ ...place, ...certified(certificate, authority.root) }, repeated ? 200 : 201)
    },
  )

  app.post(
    '/enrolments/renewals',
    ...endpoint({
      id: 'renewCertificate',
      summary: 'Gives a device a new certificate in place of one that is good still',
      description:
        'The device shows its certificate to the web server (TLS), or signs. Both certificates are good until the new one is first used.',
      tag,
      security: 'none',
      body: renewalRequest,
      answer: { status: 201, schema: renewalView },
      problems: [renewalRefused, tooManyAttempts, overloaded],
    }),
    async (c) => {
      const { csr, proof = null } = valid(c, 'json')
      const shown = peerCertificate(bindings(c).incoming?.socket)
      const { device, certificate } = await attempt(c, () => renew(csr, shown, proof))
      return c.json({ device, ...certified(certificate, authority.root) }, 201)
    },
  )

  app.post(
    '/devices/:id/release',
    ...endpoint({
      id: 'releaseDevice',
      summary: 'Ends the quarantine of a device, and makes the claim with which it enrols again, with a new key',
      tag,
      action: 'device.decommission',
      params: idParams,
      answer: { status: 201, schema: newClaimView, secret: true },
      problems: [notFound, notQuarantined],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const found = await deviceOf(id)
      const principal = c.get('principal')
      access.authorise(principal, 'device.decommission', {
        ...(found && { tenant: found.tenant }),
        household: found?.household ?? '-',
      })
      if (!found) throw missing('device', id)
      const { claim, secret } = await quarantine.release(id, principal.id)
      c.header('cache-control', 'no-store')
      return c.json({ ...claimOut(claim), claim: recognised(secret) }, 201)
    },
  )

  app.post(
    '/devices/:id/decommission',
    ...endpoint({
      id: 'decommissionDevice',
      summary: 'Takes a device out of service for good: it is disconnected and cannot come back',
      tag,
      action: 'device.decommission',
      params: idParams,
      answer: { status: 204, schema: null },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const found = await deviceOf(id)
      access.authorise(c.get('principal'), 'device.decommission', {
        ...(found && { tenant: found.tenant }),
        household: found?.household ?? '-',
      })
      if (!found) throw missing('device', id)
      await revocation.decommission(id)
      return c.body(null, 204)
    },
  )
}
