import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { notFound } from '../../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../../platform/http/api.ts'
import { storableText } from '../../../../platform/storable-text.ts'
import { missing } from '../../app/codes.ts'
import { resourceTypeDocuments, schemaDocuments, serviceProviderConfig } from '../../domain/scim/discovery.ts'
import { scimError, scimErrors } from '../../domain/scim/errors.ts'
import { scimBody, scimList } from '../../scim-contract.ts'
import { answerList, baseOf, mediaType, tag, type ScimDependencies } from './answer.ts'

const query = z.object({ filter: storableText(4096).optional() })
const params = z.object({ id: storableText(256).min(1) })

interface Documents {
  readonly path: string
  readonly noun: string
  readonly ids: { readonly list: string; readonly get: string }
  readonly of: (base: string) => readonly { readonly id: string }[]
}

const collections: readonly Documents[] = [
  {
    path: '/Schemas',
    noun: 'schema',
    ids: { list: 'listScimSchemas', get: 'getScimSchema' },
    of: schemaDocuments,
  },
  {
    path: '/ResourceTypes',
    noun: 'resource type',
    ids: { list: 'listScimResourceTypes', get: 'getScimResourceType' },
    of: resourceTypeDocuments,
  },
]

/** What this hub's SCIM can do (RFC 7644, 4), for whoever has an account: there is nothing of anybody's in it. */
export function scimDiscoveryRoutes(app: Hono<ApiEnv>, deps: ScimDependencies): void {
  const common = { tag, errors: 'scim', query } as const
  app.get(
    '/ServiceProviderConfig',
    ...endpoint({
      ...common,
      id: 'getScimConfiguration',
      summary: 'Says which parts of SCIM 2.0 there are',
      answer: { status: 200, schema: scimBody, mediaType },
      problems: [scimErrors.discoveryFilter],
    }),
    (c) => document(c, serviceProviderConfig(baseOf(deps), deps.bodyLimit), valid(c, 'query').filter),
  )
  for (const { path, noun, ids, of } of collections) {
    app.get(
      path,
      ...endpoint({
        ...common,
        id: ids.list,
        summary: `Lists every SCIM ${noun}`,
        answer: { status: 200, schema: scimList, mediaType },
        problems: [scimErrors.discoveryFilter],
      }),
      (c) => {
        unfiltered(valid(c, 'query').filter)
        const all = of(baseOf(deps))
        return answerList(c, all as never, all.length, 1)
      },
    )
    app.get(
      `${path}/:id`,
      ...endpoint({
        ...common,
        id: ids.get,
        summary: `Shows a SCIM ${noun}`,
        params,
        answer: { status: 200, schema: scimBody, mediaType },
        problems: [notFound, scimErrors.discoveryFilter],
      }),
      (c) => {
        const { id } = valid(c, 'param')
        const found = of(baseOf(deps)).find((each) => each.id.toLowerCase() === id.toLowerCase())
        if (found === undefined) throw missing(`SCIM ${noun}`, id)
        return document(c, found, valid(c, 'query').filter)
      },
    )
  }
}

function document(c: Context<ApiEnv>, shown: object, filter: string | undefined): Response {
  unfiltered(filter)
  return c.json(shown, 200, { 'content-type': mediaType })
}

/** RFC 7644, 4: a filter is answered with 403, so that nobody takes all for what matches. */
function unfiltered(filter: string | undefined): void {
  if (filter !== undefined) throw scimError('discoveryFilter', 'There is a filter.', '#query/filter')
}
