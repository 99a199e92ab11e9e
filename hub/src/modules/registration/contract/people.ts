import { z } from 'zod'
import { instant } from './parts.ts'

const holding = z.object({
  what: z.string(),
  count: z.number().int(),
  because: z.string().optional().describe('Why it is treated so.'),
})

const id = z.string().regex(/^[a-z0-9-]{8,64}$/, 'An id has 8 to 64 of a–z, 0–9 and -.')
export const personParams = z.object({ id })
export const mergeParams = z.object({ id, from: id })

export const personalData = z
  .object({
    exportedAt: instant,
    user: z.string(),
    data: z.record(z.string(), z.unknown()).describe('By who keeps it; each list has at most 10,000, the newest ones.'),
  })
  .meta({ id: 'PersonalData' })

export const erasureView = z
  .object({ erased: z.array(holding), stays: z.array(holding).describe('What is not erased, and why.') })
  .meta({ id: 'Erasure' })

export const mergeView = z
  .object({
    moves: z.array(holding).describe('To the one that stays.'),
    ends: z.array(holding),
    blocks: z.array(z.string()).describe('What keeps them from being merged, and what to do about it.'),
  })
  .meta({ id: 'Merge' })
