import type { Hono } from 'hono'
import { z } from 'zod'
import { forbidden, type Access } from '../../../platform/access.ts'
import { actOnInstallation } from '../../../platform/acting.ts'
import { endpoint, type ApiEnv } from '../../../platform/http/api.ts'
import type { BlobUsage } from '../app/blobs/storage.ts'

const action = 'blob.read'

const amount = z.object({ blobs: z.number().int().describe('How many.'), bytes: z.number().int() })

const usageAnswer = z
  .object({
    stored: amount.describe('All that is on the disk.'),
    needed: amount.describe('Files that versions need, their file lists and patches included.'),
    patches: amount.describe('Of these, patches between files.'),
    waiting: amount.describe('Nothing needs them; they are removed when nobody has relied on them for the grace.'),
    lost: amount.describe('Needed, and not on the disk or spoilt: to be restored from a backup.'),
    unshared: amount.describe('What the files of all versions would take if each version had its own.'),
  })
  .meta({ id: 'BlobUsage' })

export interface BlobRouteDeps {
  readonly access: Access
  readonly usage: () => Promise<BlobUsage>
}

/** GET /blobs/usage */
export function addBlobUsage(app: Hono<ApiEnv>, { access, usage }: BlobRouteDeps): void {
  app.get(
    '/blobs/usage',
    ...endpoint({
      id: 'getBlobUsage',
      summary: 'Tells how much the stored files take, and for what',
      tag: 'services',
      action,
      answer: { status: 200, schema: usageAnswer },
      problems: [forbidden],
    }),
    async (c) => {
      access.authorise(c.get('principal'), action)
      return c.json(await actOnInstallation(usage))
    },
  )
}
