import type { Action } from '../../../hub/src/platform/access.ts'
import type { Ids } from './furnish.ts'

/** The operations that there are, and where each is asked for a thing. */

export interface Operation {
  readonly method: string
  readonly path: string
  readonly id: string
  readonly action: Action | undefined
  readonly open: boolean
}

/** Decided by something else than a declared action: everybody's own things, and what anybody may do without being somebody. */
export const withoutAction: ReadonlySet<string> = new Set([
  'acceptInvitation',
  'changeOwnPassword',
  'changeScimInBulk',
  'createBrowserSession',
  'createSession',
  'deleteBrowserSession',
  'deleteSession',
  'endBrowserSession',
  'enrolDevice',
  'finishOidcLogin',
  'getPrincipal',
  'getScimConfiguration',
  'getScimResourceType',
  'getScimSchema',
  'listScimResourceTypes',
  'listScimSchemas',
  'health',
  'metrics',
  'readiness',
  'renewCertificate',
  'search',
  'setupBrowser',
  'startOidcLogin',
])

export async function operationsOf(url: string): Promise<Operation[]> {
  const { paths } = (await (await fetch(`${url}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { operationId: string; security: unknown[]; 'x-action'?: Action }>>
  }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId: id, security, 'x-action': action }]) => {
      return { method: method.toUpperCase(), path, id, action, open: security.length === 0 }
    }),
  )
}

/** By a name that is the installation's, by a digest, or open to everybody: there is no id of another tenant's in them. */
export const nobodys: ReadonlySet<string> = new Set([
  'assignRole',
  'changeTenant',
  'drawModel',
  'finishOidcLogin',
  'getAttribute',
  'getModel',
  'getScimResourceType',
  'getScimSchema',
  'getSignedMetadata',
  'installIntermediate',
  'listMigrations',
  'migrateInstances',
  'previewMigration',
  'putAttribute',
  'removeAttribute',
  'retrieveServiceCatalog',
  'startOidcLogin',
  'streamModel',
  'takeDeveloperMetadata',
  'uploadBlob',
  'getUpload',
  'continueUpload',
  'giveUpUpload',
])

/** With ids of these things; null where one is wanted that is not among them. */
export function address({ id: operation, path }: Operation, ids: Ids): string | null {
  const [, kind = ''] = /\/([A-Za-z-]+)\/(?:\{(?:kind|model)\}\/)?\{(?:id|service)\}/.exec(path) ?? []
  // Several things are below an address of the same last word: they go by the operation.
  const id = ids[operation] ?? ids[kind]
  if (path.includes('{') && id === undefined && !nobodys.has(operation)) return null
  const asked = operation === 'continueUpload' ? `${path}?offset=0&size=2` : path
  return asked
    .replace(/\{(model|name)\}/, 'delivery')
    .replace('{item}', ids['items'] ?? 'app')
    .replace('{kind}', 'household')
    .replace('{identity}', ids[`identity to ${operation}`] ?? ids['identities'] ?? 'idn-00000000')
    .replace('{note}', ids[`note-${operation}`] ?? 'not-00000000')
    .replace('{from}', ids[`from-${operation}`] ?? 'nobody-at-all')
    .replace('{trial}', ids['trials'] ?? 'trl-00000000')
    .replace('{credential}', ids['credentials'] ?? 'crd-00000000')
    .replace('intermediates/{id}', 'intermediates/ca-00000000')
    .replace('{developer}', 'test')
    .replace('{digest}', '0'.repeat(64))
    .replace(/\{(id|service)\}/, id ?? 'app')
    .replace(/(?<=\/policies\/[^/]+\/versions\/)\{version\}/, '1')
    .replaceAll(/\{version\}/g, '1.0.0')
    .replaceAll(/\{\w+\}/g, 'app')
}
