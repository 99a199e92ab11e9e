import type { PreferenceStorage } from '../app/storage.ts'
import { answerRows } from './answer-rows.ts'
import { consentRows } from './consent-rows.ts'
import { meteredRows } from './metered-rows.ts'

/** What is kept about preferences, in PostgreSQL. */
export const preferenceStorage: PreferenceStorage = { answers: answerRows, consents: consentRows, metered: meteredRows }
