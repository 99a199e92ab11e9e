import { SimpleGrid, Stack } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { mine } from '#words/mine.ts'
import { usePrincipal } from '../../api/session.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { AskedConsents } from './AskedConsents.tsx'
import { HouseholdDevices } from './HouseholdDevices.tsx'
import { HouseholdServices } from './HouseholdServices.tsx'
import { WithHousehold } from './WithHousehold.tsx'

const route = getRouteApi('/mine')

/** A subscriber’s first page: what is asked, what the household has, and on which devices. */
export function Mine() {
  const { household: chosen } = route.useSearch()
  const { name } = usePrincipal()
  return (
    <WithHousehold chosen={chosen}>
      {(household, choice) => (
        <Stack gap="md">
          <PageHeader title={mine.title} text={`${mine.hello(name)} · ${household.name}`}>
            {choice}
          </PageHeader>
          <AskedConsents household={household.id} />
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
            <HouseholdServices household={household.id} />
            <HouseholdDevices household={household.id} />
          </SimpleGrid>
        </Stack>
      )}
    </WithHousehold>
  )
}
