import type { Hono } from 'hono'
import type { Access, Principal } from '../../../../platform/access.ts'
import { actFor, acting, request } from '../../../../platform/acting.ts'
import { endpoint, valid, type ApiEnv } from '../../../../platform/http/api.ts'
import { isUnexpected, problemOf } from '../../../../platform/http/problem.ts'
import { scimErrorOf, scimPrefix } from '../../../../platform/http/scim-error.ts'
import type { UserGroup } from '../../domain/scim/group-resource.ts'
import { bulkPlan, bulkResponseSchema, readBulk, resolved, type BulkOperation } from '../../domain/scim/bulk.ts'
import { scimError, scimErrors } from '../../domain/scim/errors.ts'
import type { ScimUser } from '../../domain/scim/user-resource.ts'
import { missing } from '../../app/codes.ts'
import { scimBulkAnswer, scimBulkBody } from '../../scim-contract.ts'
import { baseOf, mediaType, tag, type ScimDependencies } from './answer.ts'
import { commands, type ScimResources } from './resources.ts'

/** Of one request at the same time; what is made together shares a transaction. */
const together = 50

/** Many changes in one request (RFC 7644, 3.7): each is authorised, made, refused and recorded by itself. */
export function bulkRoute(
  app: Hono<ApiEnv>,
  deps: ScimDependencies,
  people: ScimResources<ScimUser>,
  groups: ScimResources<UserGroup>,
): void {
  const targets = [target(deps.access, people), target(deps.access, groups)]
  app.post(
    '/Bulk',
    ...endpoint({
      id: 'changeScimInBulk',
      summary: 'Does many operations on people and their groups: each by itself, and answered by itself',
      tag,
      errors: 'scim',
      body: scimBulkBody,
      answer: { status: 200, schema: scimBulkAnswer, mediaType },
      problems: [scimErrors.invalidSyntax, scimErrors.tooManyOperations],
    }),
    async (c) => {
      const run = new BulkRun(deps, targets, c.get('principal'))
      const Operations = await run.all(valid(c, 'json'))
      return c.json({ schemas: [bulkResponseSchema], Operations }, 200, { 'content-type': mediaType })
    },
  )
}

interface Done {
  readonly id: string
  /** Null: it is gone. */
  readonly version: string | null
  readonly status: 200 | 201 | 204
}

/** One type of resource as bulk operations address it. */
interface Target {
  readonly endpoint: string
  run(principal: Principal, operation: BulkOperation, id: string | undefined): Promise<Done>
}

function target<T extends { readonly id: string }>(access: Access, resources: ScimResources<T>): Target {
  const own = commands(access, resources)
  const { answersPatch, tag: tagOf, type } = resources
  return {
    endpoint: type.endpoint,
    async run(principal, { method, data, version, path }, id) {
      if ((id === undefined) !== (method === 'POST')) throw missing('SCIM address for ' + method, path)
      if (method === 'POST') return done(await own.create(principal, data), 201)
      if (method === 'PUT') return done(await own.replace(principal, id!, data, version), 200)
      if (method === 'PATCH') return done(await own.change(principal, id!, data, version), answersPatch ? 200 : 204)
      await own.remove(principal, id!, version)
      return { id: id!, version: null, status: 204 }
    },
  }

  function done(changed: T, status: Done['status']): Done {
    return { id: changed.id, version: tagOf(changed), status }
  }
}

/** One request's operations. */
class BulkRun {
  readonly #deps: ScimDependencies
  readonly #targets: readonly Target[]
  readonly #principal: Principal
  /** Ids of what was made, by bulkId. */
  readonly #made = new Map<string, string>()
  readonly #answers = new Map<BulkOperation, object>()
  #failures = 0

  constructor(deps: ScimDependencies, targets: readonly Target[], principal: Principal) {
    this.#deps = deps
    this.#targets = targets
    this.#principal = principal
  }

  /** What became of each, in the order that they were sent; those that were not tried are left out. */
  async all(body: unknown): Promise<object[]> {
    const { operations, failOnErrors } = readBulk(body)
    // So that not more is done than the client wants after a failure, one at a time.
    const { steps, hopeless } = bulkPlan(operations, failOnErrors === null ? together : 1)
    for (const step of [...steps, ...hopeless.map((each) => [each])]) {
      if (failOnErrors !== null && this.#failures >= failOnErrors) break
      await Promise.all(step.map((each) => this.#one(each)))
    }
    return operations.flatMap((each) => this.#answers.get(each) ?? [])
  }

  async #one(operation: BulkOperation): Promise<void> {
    const { method, bulkId } = operation
    const about = { method, ...(bulkId === null ? {} : { bulkId }) }
    try {
      const { endpoint: of, id, version, status } = await this.#apart(() => this.#run(operation))
      if (method === 'POST') this.#made.set(bulkId!, id)
      const location = `${baseOf(this.#deps)}${of}/${id}`
      this.#answers.set(operation, { ...about, location, ...(version && { version }), status: String(status) })
    } catch (error) {
      this.#failures += 1
      if (isUnexpected(error)) this.#deps.log.error({ err: error }, 'an operation of a SCIM bulk request failed')
      const response = scimErrorOf(problemOf(error, scimPrefix))
      const location = method === 'POST' ? {} : { location: `${baseOf(this.#deps)}${operation.path}` }
      this.#answers.set(operation, { ...about, ...location, status: response.status, response })
    }
  }

  async #run(operation: BulkOperation): Promise<Done & { readonly endpoint: string }> {
    const known = resolved(operation, this.#made)
    const [, of, id] = /^(\/[A-Za-z]+)(?:\/([^/?#]{1,256}))?$/.exec(known.path) ?? []
    const found = this.#targets.find((each) => each.endpoint === of)
    if (found === undefined)
      throw scimError('invalidPath', `${known.path.slice(0, 200)} is no path for bulk operations.`)
    return { ...(await found.run(this.#principal, known, id)), endpoint: found.endpoint }
  }

  /** As a request of its own: what it changes is recorded with the decision on it, and with no other’s. */
  async #apart<T>(work: () => Promise<T>): Promise<T> {
    const own = request(this.#principal, acting()!.requestId)
    return actFor(own, async () => {
      try {
        return await work()
      } finally {
        if (own.decisions.length > 0) this.#deps.access.ended(own)
      }
    })
  }
}
