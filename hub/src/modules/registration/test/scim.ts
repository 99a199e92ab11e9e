import type { TestHub } from './hub.ts'

/** SCIM as an identity provider speaks it, with an API key that may do that and nothing else. */

export const core = 'urn:ietf:params:scim:schemas:core:2.0'
export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
export const home = 'urn:sutler:params:scim:schemas:extension:2.0:User'

export async function scimOf(hub: TestHub) {
  const actions = ['user.read', 'user.write', 'user-group.read', 'user-group.write']
  const body = { name: 'provisioning', roles: ['operator'], actions }
  const made = await hub.request('POST', '/api-keys', { token: await hub.operator(), body })
  const token = made.json.key as string
  const ask = (method: string, path: string, sent?: object, headers: Record<string, string> = {}) =>
    hub.request(method, `/scim/v2${path}`, { token, headers, ...(sent === undefined ? {} : { body: sent }) })
  return {
    token,
    ask,
    /** A new user’s id. */
    async user(userName: string, more: object = {}): Promise<string> {
      const answer = await ask('POST', '/Users', { schemas: [`${core}:User`], userName, ...more })
      if (answer.status !== 201) throw new Error(answer.text)
      return answer.json.id
    },
    async group(displayName: string, members: readonly string[] = []): Promise<string> {
      const sent = { schemas: [`${core}:Group`], displayName, members: members.map((value) => ({ value })) }
      const answer = await ask('POST', '/Groups', sent)
      if (answer.status !== 201) throw new Error(answer.text)
      return answer.json.id
    },
    patch: (path: string, ...Operations: object[]) =>
      ask('PATCH', path, { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations }),
    async found(filter: string, kind = 'Users'): Promise<string[]> {
      const { json } = await ask('GET', `/${kind}?filter=${encodeURIComponent(filter)}`)
      return (
        json.Resources?.map((each: Record<string, string>) => each['userName'] ?? each['displayName']) ?? [
          json.scimType,
        ]
      )
    },
  }
}
