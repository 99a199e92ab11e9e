import type { Attribute } from './attributes.ts'
import { mostBulkOperations } from './bulk.ts'
import { allSchemas, groups, users, type ResourceSchema, type Schema } from './schemas.ts'

/** What a client asks before anything else (RFC 7644, 4; RFC 7643, 5 to 7). */

/** Resources of one page. */
export const maxResults = 200

export interface ResourceType {
  readonly name: 'User' | 'Group'
  readonly endpoint: string
  readonly description: string
  readonly schema: ResourceSchema
}

export const userType: ResourceType = {
  name: 'User',
  endpoint: '/Users',
  description: 'People with an account',
  schema: users,
}
export const groupType: ResourceType = {
  name: 'Group',
  endpoint: '/Groups',
  description: 'Groups of people',
  schema: groups,
}
const resourceTypes: readonly ResourceType[] = [userType, groupType]

/** @param base absolute address of /scim/v2 @param maxPayloadSize of a bulk request, bytes */
export function serviceProviderConfig(base: string, maxPayloadSize: number) {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    documentationUri: 'https://www.rfc-editor.org/rfc/rfc7644',
    patch: { supported: true },
    bulk: { supported: true, maxOperations: mostBulkOperations, maxPayloadSize },
    filter: { supported: true, maxResults },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'API key',
        description: 'Authorization: Bearer, with an API key of an operator (docs/guide/scim.md).',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
  }
}

export function resourceTypeDocuments(base: string) {
  return resourceTypes.map(({ name, endpoint, description, schema }) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: name,
    name,
    endpoint,
    description,
    schema: schema.core.id,
    schemaExtensions: schema.extensions.map(({ id }) => ({ schema: id, required: false })),
    meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${name}` },
  }))
}

export function schemaDocuments(base: string) {
  return allSchemas.map(({ id, name, description, attributes }: Schema) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
    id,
    name,
    description,
    attributes: attributes.map(attributeDocument),
    meta: { resourceType: 'Schema', location: `${base}/Schemas/${id}` },
  }))
}

function attributeDocument(attribute: Attribute): object {
  const { subAttributes, ...rest } = attribute
  return subAttributes.length === 0 ? rest : { ...rest, subAttributes: subAttributes.map(attributeDocument) }
}
