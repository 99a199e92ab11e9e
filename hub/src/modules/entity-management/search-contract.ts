import { z } from 'zod'
import { storableText } from '../../platform/storable-text.ts'
import { outsideGroup } from './directory-contract.ts'
import { searchKinds } from './app/search/search.ts'

const kinds = z
  .string()
  .max(200)
  .transform((text) => text.split(',').map((each) => each.trim()))
  .pipe(z.array(z.enum(searchKinds)).min(1).max(searchKinds.length))

export const searchQuery = z.object({
  q: storableText(128)
    .refine((text) => [...text.trim()].length >= 2, 'A search has at least two characters.')
    .describe(
      'Words, each of which must occur; or the begin of an id. Case and accents do not matter, nor do colons and dashes of serial numbers and of what devices are called in their protocols.',
    ),
  kinds: kinds.optional().describe(`Comma-separated: ${searchKinds.join(', ')}; absent = all.`),
  outside: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe('Also people of the directories outside: as late as the slowest of them, within its time.'),
  limit: z.coerce.number().int().min(1).max(25).default(5).describe('How many of each kind at most.'),
})

const hit = z.object({
  id: z.string(),
  label: z.string(),
  detail: z.string().nullable().describe('A second line: serial number, e-mail address, time zone, state.'),
  household: z.string().nullable(),
})
export const searchAnswer = z
  .object({
    groups: z
      .array(
        z.object({
          kind: z.enum(searchKinds),
          hits: z.array(hit),
          more: z.boolean().describe('There are more of this kind.'),
        }),
      )
      .describe('Kinds of which something was found, the one with the best hit first.'),
    outside: z.array(outsideGroup).describe('By directory; none unless asked for.'),
  })
  .meta({ id: 'SearchAnswer' })
