import { Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { mine } from '#words/mine.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { Empty } from '../../parts/Empty.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { Time } from '../../parts/Time.tsx'
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
          <Group key={id} gap="sm" wrap="nowrap">
            <span
              aria-hidden
              style={{
                flex: 'none',
                width: 10,
                height: 10,
                borderRadius: 5,
                background: `var(--mantine-color-${reachable ? 'teal' : 'gray'}-filled)`,
              }}
            />
            <div>
              <Text fw={600}>{name}</Text>
              <Text size="sm" c="dimmed" component="div">
                {`${kind} · ${reachable ? mine.connected : mine.away}`}
                {reachableChangedAt !== null && (
                  <>
                    {' · '}
                    <Time at={reachableChangedAt} />
                  </>
                )}
              </Text>
            </div>
          </Group>
        ))}
      </Stack>
    </Paper>
  )
}
