import { answer, type Schemas } from '@sutler/client'
import { mine } from '#words/mine.ts'
import { api } from '../../api/client.ts'
import { useAction } from '../../parts/useAction.tsx'

type Answer = Omit<Schemas['ConsentAnswer'], 'reason'>

/** Allows, denies, or takes back what was allowed. */
export function useConsentAnswer(onDone?: () => void) {
  return useAction({
    run: async (given: Answer) => answer(await api.POST('/api/v1/consents', { body: { ...given, reason: '' } })),
    done: (_result, given) => mine.answered[given.answer],
    changes: [['consents'], ['deliveries'], ['subscriptions']],
    ...(onDone && { onDone }),
  })
}
