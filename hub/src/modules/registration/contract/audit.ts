import { z } from 'zod'
import { pageQuery } from '../../../platform/http/page.ts'
import { storableText } from '../../../platform/storable-text.ts'
import { instant } from './parts.ts'

const sort = z.enum(['oldest', 'newest']).default('oldest').describe('Which come first.')
export const auditQuery = pageQuery.extend({
  sort,
  since: instant.optional().describe('Not before then.'),
  principal: storableText(128).min(1).optional().describe('Id of who did it.'),
  action: storableText(80).min(1).optional().describe('Such as `order.write`.'),
  about: storableText(128).min(1).optional().describe('An id that it is about.'),
})
export const headQuery = pageQuery.extend({ sort })
export const auditEntryView = z
  .object({
    chain: z.number().int(),
    position: z.number().int(),
    at: instant,
    tenant: z.string(),
    decision: z.string().nullable().describe('Null for the hub’s own work, which follows from earlier decisions.'),
    principal: z.object({ id: z.string(), kind: z.string(), name: z.string().optional() }),
    action: z.string(),
    object: z.record(z.string(), z.string()),
    verdict: z.string().describe('allowed, forbidden, hidden, refused'),
    reason: z.string(),
    request: z.string().nullable(),
    count: z.number().int().describe('How often within a minute, where that is not once.'),
    changes: z.array(
      z.object({
        type: z.string(),
        subject: z.string(),
        household: z.string().nullable(),
        data: z.record(z.string(), z.unknown()),
      }),
    ),
    about: z.array(z.string()),
  })
  .meta({ id: 'AuditEntry' })
export const auditHeadView = z
  .object({
    number: z.number().int(),
    head: z.string().describe('The text that is signed: number, time, digest of the head before, ends of all chains.'),
    signature: z.string().describe('Ed25519 over `sutler-audit-head/1\\n<head>`, base64url.'),
    cut: z.string().nullable().describe('Signed, when older rows were removed up to here.'),
    key: z.string().describe('Public key, base64url.'),
  })
  .meta({ id: 'AuditHead' })
