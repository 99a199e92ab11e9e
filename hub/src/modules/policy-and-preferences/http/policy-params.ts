import { z } from 'zod'
import { storableText } from '../../../platform/storable-text.ts'

/** What paths name. */
export const policyParams = z.object({ id: storableText(64).min(1).describe('Id or name of the policy.') })
export const versionParams = policyParams.extend({ version: z.coerce.number().int().min(1).max(1_000_000) })
