import type { Hono } from 'hono'
import { z } from 'zod'
import { uploadStalled } from '../../../platform/blobs.ts'
import { answerLines, uploadedRecords } from '../../../platform/bulk/upload.ts'
import { overloaded } from '../../../platform/grouped.ts'
import { endpoint, type ApiEnv } from '../../../platform/http/api.ts'
import { unsupportedMediaType } from '../../../platform/http/codes.ts'
import type { PlaceOrder } from '../app/create-order.ts'
import type { OrderDependencies } from '../app/dependencies.ts'
import { subscriptionImporter } from '../app/import-subscriptions.ts'

export function importRoutes(app: Hono<ApiEnv>, deps: OrderDependencies, place: PlaceOrder): void {
  app.post(
    '/imports/subscriptions',
    ...endpoint({
      id: 'importSubscriptions',
      summary: 'Imports subscriptions: an order for each line',
      description:
        'text/csv with a head, or application/x-ndjson; columns as in docs/guide/fleet.md. Answers with a line of JSON per line while the upload is still going on: read it meanwhile.',
      tag: 'Imports',
      action: 'order.write',
      upload: 'text/csv',
      answer: { status: 200, schema: z.object({}), mediaType: 'application/x-ndjson' },
      problems: [unsupportedMediaType, uploadStalled, overloaded],
    }),
    async (c) => {
      const by = c.get('principal')
      const decision = deps.access.authorise(by, 'order.write', { owner: by.id })
      const lines = uploadedRecords(c)
      // What is changed from now on is changed in many transactions, all of which rest on this decision.
      await deps.access.recorded()
      return answerLines(c, deps.entities.imports.run(by, subscriptionImporter(deps, place, by, decision), lines))
    },
  )
}
