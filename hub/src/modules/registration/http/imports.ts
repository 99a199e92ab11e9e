import type { Hono } from 'hono'
import { z } from 'zod'
import type { Access } from '../../../platform/access.ts'
import { uploadStalled } from '../../../platform/blobs.ts'
import { answerLines, uploadedRecords } from '../../../platform/bulk/upload.ts'
import { overloaded } from '../../../platform/grouped.ts'
import { endpoint, type ApiEnv } from '../../../platform/http/api.ts'
import { unsupportedMediaType } from '../../../platform/http/codes.ts'
import type { RegistrationApp } from '../app/index.ts'
import { importedDevice } from '../contract/import.ts'

const answered = z.object({ line: z.number().int(), status: z.enum(['created', 'unchanged', 'failed']) }).meta({
  id: 'ImportLine',
  description: 'One line of the answer; the first has the id of the import, the last how it ended.',
})

export function importRoutes(app: Hono<ApiEnv>, access: Access, { runImport, deviceImporter }: RegistrationApp): void {
  app.post(
    '/imports/devices',
    ...endpoint({
      id: 'importDevices',
      summary: 'Imports devices that are to come: a claim for each, bound to serial number and household',
      description:
        'text/csv with a head, or application/x-ndjson; columns as in docs/guide/fleet.md. Answers with a line of JSON per line while the upload is still going on: read it meanwhile.',
      tag: 'Imports',
      action: 'claim.write',
      upload: 'text/csv',
      answer: { status: 200, schema: answered, mediaType: 'application/x-ndjson', secret: true },
      problems: [unsupportedMediaType, uploadStalled, overloaded],
    }),
    async (c) => {
      const by = c.get('principal')
      access.authorise(by, 'claim.write', {})
      const lines = uploadedRecords(c)
      // What is changed from now on is changed in many transactions, all of which rest on this decision.
      await access.recorded()
      return answerLines(c, runImport(by, { ...deviceImporter(by), schema: importedDevice }, lines))
    },
  )
}
