import type { Hono } from 'hono'
import { notFound, type Access } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { claimRefused, missing, tooManyAttempts } from '../app/codes.ts'
import { overloaded } from '../../../platform/grouped.ts'
import type { RegistrationApp } from '../app/index.ts'
import { enrolmentRequest, enrolmentView, idParams } from '../contract.ts'
import { attempt } from './attempt.ts'

const tag = 'Enrolment'

export function enrolmentRoutes(
  app: Hono<ApiEnv>,
  access: Access,
  { enrol, installation, mqttUrl, trustRoot, revocation, deviceOf }: RegistrationApp,
): void {
  app.post(
    '/enrolments',
    ...endpoint({
      id: 'enrolDevice',
      summary: 'Enrols a device that holds a claim and a key of its own',
      description: 'The same claim and key again gives the same answer again, with status 200.',
      tag,
      security: 'none',
      body: enrolmentRequest,
      answer: { status: 201, schema: enrolmentView },
      problems: [claimRefused, tooManyAttempts, overloaded],
    }),
    async (c) => {
      const [root, { repeated, device, household }] = await attempt(c, async (address) => {
        // A device without a root could install nothing: its claim is not used up for that.
        const given = await trustRoot()
        return [given, await enrol(valid(c, 'json'), address)] as const
      })
      return c.json(
        { device, hub: installation.hub(), mqtt: mqttUrl(), household, trustRoot: root },
        repeated ? 200 : 201,
      )
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
      access.authorise(c.get('principal'), 'device.decommission', { household: found?.household ?? '-' })
      if (!found) throw missing('device', id)
      await revocation.decommission(id)
      return c.body(null, 204)
    },
  )
}
