import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { mine } from '#words/mine.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { Fault } from '../../parts/Fault.tsx'
import { useConsentAnswer } from './useConsentAnswer.ts'

/** What waits for the household’s word. */
export function AskedConsents({ household }: { household: string }) {
  const queryKey = ['consents', { household, state: 'asked' }]
  const { data } = useQuery({
    queryKey,
    queryFn: async () =>
      answer(await api.GET('/api/v1/consents', { params: { query: { household, state: 'asked', limit: 20 } } })),
  })
  useLiveRefresh({ types: ['consent.*'], household }, ['consents'])
  if (data === undefined || data.items.length === 0) return null
  return (
    <Stack component="section" aria-label={mine.asked} gap="sm">
      {data.items.map((consent) => (
        <Question key={consent.id} consent={consent} />
      ))}
    </Stack>
  )
}

function Question({ consent }: { consent: Schemas['Consent'] }) {
  const { household, kind, target } = consent
  const answering = useConsentAnswer()
  const give = (word: 'granted' | 'denied'): void => answering.mutate({ household, kind, target, answer: word })
  return (
    <Alert color="yellow" title={mine.asked}>
      <Group justify="space-between">
        <Text>{mine.askedFor[kind](target)}</Text>
        <Group gap="xs">
          <Button size="xs" loading={answering.isPending} onClick={() => give('granted')}>
            {mine.allow}
          </Button>
          <Button size="xs" variant="default" disabled={answering.isPending} onClick={() => give('denied')}>
            {mine.deny}
          </Button>
        </Group>
      </Group>
      <Fault error={answering.error} />
    </Alert>
  )
}
