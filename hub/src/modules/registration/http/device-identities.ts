import type { Hono } from 'hono'
import type { Access } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { unknownHousehold } from '../../entity-management/index.ts'
import { credentialTaken, credentialUnusable, identityTaken } from '../app/identities/codes.ts'
import type { RegistrationApp } from '../app/index.ts'
import { newDevice, newDeviceView } from '../contract/device-identities.ts'
import { identityOut } from './views.ts'

const tag = 'Device identities'

/** Devices that never run the agent, by what they are called in their protocol. */
export function deviceIdentityRoutes(app: Hono<ApiEnv>, access: Access, { identities }: RegistrationApp): void {
  app.post(
    '/devices',
    ...endpoint({
      id: 'createDevice',
      summary: 'Adds a device that speaks a protocol of its own, with its identity and credential there',
      tag,
      action: 'identity.write',
      body: newDevice,
      answer: { status: 201, schema: newDeviceView, secret: true },
      problems: [unknownHousehold, identityTaken, credentialTaken, credentialUnusable],
    }),
    async (c) => {
      const by = c.get('principal')
      access.authorise(by, 'identity.write')
      const { serial = null, name = null, credential = null, ...wanted } = valid(c, 'json')
      const added = await identities.devices.add(by, { ...wanted, serial, name, credential })
      c.header('cache-control', 'no-store')
      c.header('location', `/api/v1/devices/${added.device}`)
      return c.json({ ...added, identity: identityOut(added.identity, wanted.protocol) }, 201)
    },
  )
}
