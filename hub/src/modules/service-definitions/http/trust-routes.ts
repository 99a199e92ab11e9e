import type { Hono } from 'hono'
import { forbidden, notFound, type Access } from '../../../platform/access.ts'
import { actOnInstallation } from '../../../platform/acting.ts'
import type { Database } from '../../../platform/database.ts'
import { CallerError } from '../../../platform/errors.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { rememberAnswer } from '../../../platform/http/idempotency.ts'
import { signerRefused, signerUnavailable } from '../../../signer/refusal.ts'
import { metadataRefused, trustNotInitialised } from '../app/trust/errors.ts'
import type { Trust } from '../app/trust/index.ts'
import type { TrustFile } from '../app/trust/storage.ts'
import type { TrustStatus } from '../app/trust/status.ts'
import * as contract from './trust-contract.ts'

interface TrustRouteDeps {
  readonly database: Database
  readonly access: Access
  readonly trust: Trust
}

const tag = 'trust'

/**
 * /trust and what is below it: where signed metadata stand, and what was signed offline comes in. They are the installation's: the
 * hub writes them, no tenant's login.
 */
export function addTrust(app: Hono<ApiEnv>, deps: TrustRouteDeps): void {
  addReading(app, deps)
  addMetadata(app, deps)
  addDevelopers(app, deps)
}

function addReading(app: Hono<ApiEnv>, { trust }: TrustRouteDeps): void {
  app.get(
    '/trust',
    ...endpoint({
      id: 'getTrust',
      summary: 'Shows who signs what, and until when it lasts',
      tag,
      action: 'trust.read',
      answer: { status: 200, schema: contract.trustAnswer },
      problems: [forbidden],
    }),
    async (c) => c.json(statusView(await trust.status(c.get('principal')))),
  )
  app.get(
    '/trust/metadata/:role',
    ...endpoint({
      id: 'getSignedMetadata',
      summary: 'Gives the newest signed metadata of a role',
      tag,
      action: 'trust.read',
      params: contract.roleParams,
      answer: { status: 200, schema: contract.metadataAnswer },
      problems: [forbidden, notFound],
    }),
    async (c) => {
      const { role } = valid(c, 'param')
      const file = await trust.newest(c.get('principal'), role)
      if (file === null) throw new CallerError(notFound, `There are no signed metadata of a role ${role}.`)
      const content = Buffer.from(file.bytes).toString('utf8')
      return c.json({ role: file.role, version: file.version, expires: iso(file.expires), content })
    },
  )
}

function addMetadata(app: Hono<ApiEnv>, { database, access, trust }: TrustRouteDeps): void {
  app.post(
    '/trust/metadata',
    ...endpoint({
      id: 'takeSignedMetadata',
      summary: 'Takes root or targets metadata that were signed offline',
      description:
        'A root is signed by the threshold of the root before it and by its own; versions grow by one. The first root comes ' +
        'together with the first targets.',
      tag,
      action: 'trust.write',
      body: contract.metadataBody,
      answer: { status: 201, schema: contract.takenAnswer },
      problems: [metadataRefused, trustNotInitialised, signerUnavailable, signerRefused, forbidden],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'trust.write')
      const { root, targets } = valid(c, 'json')
      const taken = await actOnInstallation(() =>
        database.transaction(async (tx) => {
          const files = await trust.take(tx, { root: bytesOf(root), targets: bytesOf(targets) })
          await rememberAnswer(c, tx, 201, takenView(files))
          return files
        }),
      )
      return c.json(takenView(taken), 201)
    },
  )
  app.post(
    '/trust/online-keys',
    ...endpoint({
      id: 'makeOnlineKey',
      summary: 'Has this hub’s signer make another key for an online role, to be named in the next root',
      tag,
      action: 'trust.write',
      body: contract.newKeyBody,
      answer: { status: 201, schema: contract.onlineKeyAnswer },
      problems: [signerUnavailable, signerRefused, forbidden],
    }),
    async (c) => c.json(await trust.newKey(c.get('principal'), valid(c, 'json').role), 201),
  )
}

function addDevelopers(app: Hono<ApiEnv>, { database, access, trust }: TrustRouteDeps): void {
  app.post(
    '/trust/developers/:developer/metadata',
    ...endpoint({
      id: 'takeDeveloperMetadata',
      summary: 'Takes a developer’s own signed targets',
      description: 'They prove themselves by their signatures. The same again changes nothing.',
      tag,
      action: 'service.publish',
      params: contract.developerParams,
      body: contract.developerBody,
      answer: { status: 201, schema: contract.takenAnswer },
      problems: [metadataRefused, trustNotInitialised, signerUnavailable, signerRefused, forbidden, notFound],
    }),
    async (c) => {
      const principal = c.get('principal')
      access.authorise(principal, 'service.publish', { owner: principal.id })
      const { developer } = valid(c, 'param')
      const taken = await actOnInstallation(() =>
        database.transaction(async (tx) => {
          const file = await trust.takeDeveloper(tx, developer, Buffer.from(valid(c, 'json').targets))
          await rememberAnswer(c, tx, 201, takenView([file]))
          return file
        }),
      )
      return c.json(takenView([taken]), 201)
    },
  )
}

function bytesOf(text: string | null): Uint8Array | null {
  return text === null ? null : Buffer.from(text)
}

function takenView(files: readonly TrustFile[]) {
  return { taken: files.map(({ role, version }) => ({ role, version })) }
}

function statusView({ roles, developers, onlineKeys, ...status }: TrustStatus) {
  const view = <T extends { readonly expires: number | null; readonly keys: readonly object[] }>(role: T) => ({
    ...role,
    expires: role.expires === null ? null : iso(role.expires),
    keys: [...role.keys] as T['keys'][number][],
  })
  return {
    ...status,
    roles: roles.map(view),
    developers: developers.map((developer) => ({ ...view(developer), paths: [...developer.paths] })),
    onlineKeys: [...onlineKeys],
  }
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}
