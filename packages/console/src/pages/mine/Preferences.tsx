import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Stack } from '@mantine/core'
import { mine } from '#words/mine.ts'
import { api } from '../../api/client.ts'
import { Fault } from '../../parts/Fault.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { EffectivePreferences } from './EffectivePreferences.tsx'
import { PreferencesForm } from './PreferencesForm.tsx'
import { WithHousehold } from './WithHousehold.tsx'

const route = getRouteApi('/mine/preferences')

/** What a household prefers, and what holds in the end. */
export function Preferences() {
  const { household: chosen } = route.useSearch()
  return (
    <WithHousehold chosen={chosen}>
      {(household, choice) => (
        <Stack gap="md" maw="46rem">
          <PageHeader title={mine.preferences.title} text={mine.preferences.text}>
            {choice}
          </PageHeader>
          <Stored key={household.id} household={household} />
          <EffectivePreferences household={household.id} />
        </Stack>
      )}
    </WithHousehold>
  )
}

function Stored({ household }: { household: Schemas['Household'] }) {
  const { data, error } = useQuery({
    queryKey: ['preferences', household.id],
    queryFn: async () => {
      const params = { path: { kind: 'household', id: household.id } } as const
      const found = await api.GET('/api/v1/preferences/{kind}/{id}', { params })
      return { document: answer(found).preferences, etag: found.response.headers.get('etag') ?? '*' }
    },
    // What somebody is typing is not overwritten by what is read again.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
  if (error) return <Fault error={error} />
  if (data === undefined) return null
  return <PreferencesForm household={household.id} stored={data.document} etag={data.etag} />
}
