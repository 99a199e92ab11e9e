import { z } from 'zod'
import { count, each, maybe, text, type Schemas } from '../parts.ts'

const version = z.object({ service: text, version: text, state: text, channel: maybe })

export const services: Schemas = {
  ...each(
    ['service.created', 'service.changed'],
    z.object({
      service: text,
      title: text,
      developer: text,
      categories: z.array(text),
      parental: count.nullable(),
    }),
  ),
  ...each(
    ['drafted', 'published', 'released', 'deprecated', 'retired'].map((state) => `version.${state}`),
    version,
  ),
  'version.promoted': version.extend({ from: text }),
  'version.withdrawn': z.object({ service: text, version: text, backTo: maybe, reason: text, by: text }),
  'release-rule.changed': z.object({ secondPerson: z.boolean(), by: text }),
  ...each(
    ['created', 'approved', 'refused', 'withdrawn'].map((state) => `release-request.${state}`),
    z.object({
      service: text,
      version: text,
      channel: maybe,
      state: text,
      askedBy: text,
      decidedBy: maybe,
      reason: maybe,
    }),
  ),
  'version.freed': z.object({ service: text, version: text }),
  'blobs.collected': z.object({ blobs: count, bytes: count, digests: z.array(text) }),
  'blob.lost': z.object({ digest: text, size: count.nullable(), versions: z.array(text) }),
  'blob.restored': z.object({ digest: text }),
  'trust.changed': z.object({ role: text, version: count }),
  'trust.expiring': z.object({ role: text, version: count, expires: text }),
}
