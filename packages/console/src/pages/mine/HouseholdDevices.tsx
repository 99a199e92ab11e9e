import { Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { mine } from '#words/mine.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { Empty } from '../../parts/Empty.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { Presence } from '../../parts/Presence.tsx'
import { devicesOf } from './reads.ts'

export function HouseholdDevices({ household }: { household: string }) {
  const { data, error } = useQuery(devicesOf(household))
  useLiveRefresh({ types: ['device.*'], household }, ['devices', { household }])
  const devices = data?.items.filter(({ state }) => state !== 'decommissioned')
  return (
    <Paper component="section" aria-label={mine.devices}>
      <Title order={2} mb="sm">
        {mine.devices}
      </Title>
      <Fault error={error} />
      {devices?.length === 0 && <Empty {...mine.noDevices} />}
      <Stack gap="sm">
        {devices?.map(({ id, name, class: kind, reachable, reachableChangedAt }) => (
          <div key={id}>
            <Text fw={600}>{name}</Text>
            <Group gap="xs">
              <Text size="sm" c="dimmed">
                {kind}
              </Text>
              <Presence reachable={reachable} since={reachableChangedAt} />
            </Group>
          </div>
        ))}
      </Stack>
    </Paper>
  )
}
