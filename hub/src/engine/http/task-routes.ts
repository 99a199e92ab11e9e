import type { Hono } from 'hono'
import type { z } from 'zod'
import { notFound } from '../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../platform/http/api.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../platform/http/page.ts'
import { instanceTask } from '../contract/instances.ts'
import { instanceParams } from '../contract/parts.ts'
import { standingTasks, type StandingTask } from '../store/tasks.ts'
import { stored, tag, type Served } from './served.ts'

/** How often an instance's tasks were tried, what went wrong, and when they are tried next. */
export function taskRoutes(app: Hono<ApiEnv>, served: Served): void {
  app.get(
    '/instances/:model/:id/tasks',
    ...endpoint({
      id: 'listInstanceTasks',
      summary: 'Lists the external tasks of an instance that have not ended, with their attempts',
      tag,
      action: 'instance.read',
      params: instanceParams,
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(instanceTask) },
      problems: [notFound],
    }),
    async (c) => {
      served.access.authorise(c.get('principal'), 'instance.read')
      const { limit, cursor } = valid(c, 'query')
      const { key } = await stored(served, valid(c, 'param'), c.get('principal'))
      const page = { after: readCursor(cursor) ?? '', limit: limit + 1 }
      const tasks = await standingTasks(served.database.sql, key, page)
      return c.json(pageOf(tasks.map(written), limit, (task) => task.key))
    },
  )
}

function written({ key, task, policy, attempt, due, running, error }: StandingTask): z.infer<typeof instanceTask> {
  const state = running ? 'running' : due === null ? 'failed' : 'waiting'
  const nextTry = state === 'waiting' ? new Date(due!).toISOString() : null
  return { key, task, state, attempts: attempt, mostAttempts: policy.attempts, lastError: error, nextTry }
}
