import type { Hono } from 'hono'
import { notFound, type Access } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { changedMeanwhile, ifMatchRequired } from '../../../platform/http/codes.ts'
import { etagOf, requireMatch } from '../../../platform/http/etag.ts'
import { tooManyAttributes } from '../app/attributes.ts'
import { missing } from '../app/codes.ts'
import type { EntityManagementApp } from '../app/index.ts'
import {
  attributeDefinition,
  attributeParams,
  attributeQuery,
  attributeRemoved,
  attributesView,
  attributeWithMisfits,
} from '../labels-contract.ts'
import { attributeOut } from './views.ts'

const tag = 'Attributes'

export function attributeRoutes(app: Hono<ApiEnv>, access: Access, { attributes }: EntityManagementApp): void {
  app.get(
    '/attributes',
    ...endpoint({
      id: 'listAttributes',
      summary: 'Lists the attributes that are defined, at most 100 of a kind of entity',
      tag,
      action: 'attribute.read',
      query: attributeQuery,
      answer: { status: 200, schema: attributesView },
    }),
    async (c) => {
      const { tenant } = access.scope(c.get('principal'), 'attribute.read')
      const found = await attributes.all(tenant, valid(c, 'query').kind)
      return c.json({ items: found.map(attributeOut) })
    },
  )

  app.get(
    '/attributes/:kind/:name',
    ...endpoint({
      id: 'getAttribute',
      summary: 'Shows an attribute’s definition, and how many entities do not fit it',
      tag,
      action: 'attribute.read',
      params: attributeParams,
      answer: { status: 200, schema: attributeWithMisfits },
      problems: [notFound],
    }),
    async (c) => {
      const { tenant } = access.scope(c.get('principal'), 'attribute.read')
      const { kind, name } = valid(c, 'param')
      const found = await attributes.find(tenant, kind, name)
      if (!found) throw missing('attribute', `${kind}.${name}`)
      c.header('etag', etagOf(found.version))
      return c.json({ ...attributeOut(found), misfits: await attributes.misfits(found) })
    },
  )

  app.put(
    '/attributes/:kind/:name',
    ...endpoint({
      id: 'putAttribute',
      summary: 'Defines an attribute, or defines it anew',
      description: 'Values that entities have stay as they are; `misfits` says how many do not fit.',
      tag,
      action: 'attribute.write',
      params: attributeParams,
      body: attributeDefinition,
      answer: { status: 200, schema: attributeWithMisfits },
      problems: [changedMeanwhile, ifMatchRequired, tooManyAttributes],
    }),
    async (c) => {
      const principal = c.get('principal')
      access.authorise(principal, 'attribute.write', {})
      const { type, required, description, ...bounds } = valid(c, 'json')
      const wanted = { tenant: principal.tenant, ...valid(c, 'param'), type, required, description, bounds }
      const { definition, misfits } = await attributes.put(wanted, (current) => {
        if (current) requireMatch(c, etagOf(current.version))
      })
      c.header('etag', etagOf(definition.version))
      return c.json({ ...attributeOut(definition), misfits })
    },
  )

  app.delete(
    '/attributes/:kind/:name',
    ...endpoint({
      id: 'removeAttribute',
      summary: 'Removes an attribute’s definition; values that entities have stay until they are taken away',
      tag,
      action: 'attribute.write',
      params: attributeParams,
      answer: { status: 200, schema: attributeRemoved },
      problems: [notFound],
    }),
    async (c) => {
      const principal = c.get('principal')
      access.authorise(principal, 'attribute.write', {})
      const { kind, name } = valid(c, 'param')
      return c.json(await attributes.remove(principal.tenant, kind, name))
    },
  )
}
