import type { Context, Hono } from 'hono'
import { notFound, type Access, type Action } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { unknownHousehold, type Device } from '../../entity-management/index.ts'
import { missing } from '../app/codes.ts'
import { credentialTaken, credentialUnusable, identityTaken, noSuchIdentity } from '../app/identities/codes.ts'
import type { RegistrationApp } from '../app/index.ts'
import {
  identityView,
  newDevice,
  newIdentity,
  newIdentityView,
  protocolChange,
  protocolView,
  identityParams,
} from '../contract/device-identities.ts'
import { idParams } from '../contract/parts.ts'
import { identityOut, shownIdentityOut } from './views.ts'

const tag = 'Device identities'
const refusals = [identityTaken, credentialTaken, credentialUnusable]

/** The device of the path, once the principal may do that to it. @throws CallerError `not-found`, `forbidden` */
export async function deviceFor(
  c: Context<ApiEnv>,
  access: Access,
  { deviceOf }: Pick<RegistrationApp, 'deviceOf'>,
  action: Action,
  id: string,
): Promise<Device> {
  const found = await deviceOf(id)
  const about = { ...(found && { tenant: found.tenant }), household: found?.household ?? '-' }
  access.authorise(c.get('principal'), action, about)
  if (!found) throw missing('device', id)
  return found
}

/** Devices that never run the agent, by what they are called in their protocols. */
export function deviceIdentityRoutes(router: Hono<ApiEnv>, access: Access, app: RegistrationApp): void {
  const { devices, manage } = app.identities
  router.post(
    '/devices',
    ...endpoint({
      id: 'createDevice',
      summary: 'Adds a device that speaks a protocol of its own, with its identity and credential there',
      tag,
      action: 'identity.write',
      body: newDevice,
      answer: { status: 201, schema: newIdentityView, secret: true },
      problems: [unknownHousehold, ...refusals],
    }),
    async (c) => {
      const by = c.get('principal')
      access.authorise(by, 'identity.write')
      const { serial = null, name = null, credential = null, ...wanted } = valid(c, 'json')
      const added = await devices.add(by, { ...wanted, serial, name, credential })
      c.header('cache-control', 'no-store')
      c.header('location', `/api/v1/devices/${added.device}`)
      return c.json({ ...added, identity: identityOut(added.identity, wanted.protocol) }, 201)
    },
  )

  router.get(
    '/devices/:id/identities',
    ...endpoint({
      id: 'listDeviceIdentities',
      summary: 'Lists what a device is called in its protocols, and what it proves itself by, without secrets',
      tag,
      action: 'identity.read',
      params: idParams,
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(identityView) },
      problems: [notFound],
    }),
    async (c) => {
      const device = await deviceFor(c, access, app, 'identity.read', valid(c, 'param').id)
      const { limit, cursor } = valid(c, 'query')
      const after = readCursor(cursor) ?? ''
      // One for each protocol at most.
      const all = (await manage.list(device.id)).filter(({ protocol }) => protocol > after)
      const shown = all.slice(0, limit + 1).map((each) => shownIdentityOut(each, device.protocol))
      return c.json(pageOf(shown, limit, (row) => row.protocol))
    },
  )

  router.post(
    '/devices/:id/identities',
    ...endpoint({
      id: 'addDeviceIdentity',
      summary: 'Gives a device an identity in one more protocol',
      description:
        'It is let in over it once that is the protocol that it is to speak: PUT /api/v1/devices/{id}/protocol.',
      tag,
      action: 'identity.write',
      params: idParams,
      body: newIdentity,
      answer: { status: 201, schema: newIdentityView, secret: true },
      problems: [notFound, ...refusals],
    }),
    async (c) => {
      const device = await deviceFor(c, access, app, 'identity.write', valid(c, 'param').id)
      const { credential = null, ...wanted } = valid(c, 'json')
      const made = await manage.add(c.get('principal'), device, wanted, credential)
      c.header('cache-control', 'no-store')
      return c.json({ ...made, device: device.id, identity: identityOut(made.identity, device.protocol) }, 201)
    },
  )

  router.delete(
    '/devices/:id/identities/:identity',
    ...endpoint({
      id: 'removeDeviceIdentity',
      summary: 'Takes an identity from a device, with its credentials: nobody is let in by it from now on',
      tag,
      action: 'identity.write',
      params: identityParams,
      answer: { status: 204, schema: null },
      problems: [notFound],
    }),
    async (c) => {
      const { id, identity } = valid(c, 'param')
      await manage.remove(await deviceFor(c, access, app, 'identity.write', id), identity)
      return c.body(null, 204)
    },
  )

  router.put(
    '/devices/:id/protocol',
    ...endpoint({
      id: 'changeDeviceProtocol',
      summary: 'Says which protocol a device is to speak: in any other it is refused from now on',
      description: 'What is open for it is offered anew over that protocol.',
      tag,
      action: 'identity.write',
      params: idParams,
      body: protocolChange,
      answer: { status: 200, schema: protocolView },
      problems: [notFound, noSuchIdentity],
    }),
    async (c) => {
      const device = await deviceFor(c, access, app, 'identity.write', valid(c, 'param').id)
      const { protocol } = await manage.setProtocol(device, valid(c, 'json').protocol)
      return c.json({ device: device.id, protocol })
    },
  )
}
