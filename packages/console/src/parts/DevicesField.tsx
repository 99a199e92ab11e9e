import { NativeSelect, Radio, Stack, Text, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { answer } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { campaignForm as words } from '#words/campaigns.ts'
import { api } from '../api/client.ts'
import { fieldFaults } from './fieldFaults.ts'

export interface DevicesWish {
  readonly by: 'filter' | 'group'
  readonly filter: string
  readonly group: string
}

interface DevicesFieldProps {
  readonly wish: DevicesWish
  /** What a refusal says of it. */
  readonly fault?: string | undefined
  readonly onChange: (changes: Partial<DevicesWish>) => void
}

/** Devices of a filter or of a group, with how many they are now. */
export function DevicesField({ wish, fault, onChange }: DevicesFieldProps) {
  const groups = useQuery({
    queryKey: ['groups', 'all'],
    queryFn: async () => answer(await api.GET('/api/v1/groups', { params: { query: { limit: 200 } } })),
  })
  const [filter] = useDebouncedValue(wish.filter.trim(), 400)
  const query = wish.by === 'filter' ? { filter } : { group: wish.group }
  const counted = useQuery({
    queryKey: ['devices', 'count', query],
    queryFn: async () => answer(await api.GET('/api/v1/devices/count', { params: { query: query as never } })),
    enabled: wish.by === 'filter' ? filter !== '' : wish.group !== '',
    retry: false,
  })
  const wrong = fault ?? fieldFaults(counted.error)['#query/filter']
  return (
    <Stack gap="sm">
      <Radio.Group label={words.by} value={wish.by} onChange={(by) => onChange({ by: by as DevicesWish['by'] })}>
        <Stack gap={6} mt={4}>
          <Radio value="filter" label={words.filter} />
          <Radio value="group" label={words.group} />
        </Stack>
      </Radio.Group>
      {wish.by === 'filter' ? (
        <Textarea
          label={words.filter}
          required
          autosize
          minRows={2}
          spellCheck={false}
          value={wish.filter}
          error={wrong}
          onChange={(event) => onChange({ filter: event.currentTarget.value })}
        />
      ) : (
        <NativeSelect
          label={words.groupLabel}
          required
          data={[
            { value: '', label: words.chooseGroup },
            ...(groups.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []),
          ]}
          value={wish.group}
          error={fault}
          onChange={(event) => onChange({ group: event.currentTarget.value })}
        />
      )}
      <Text size="sm" c="dimmed" aria-live="polite">
        {counted.data === undefined || counted.error !== null ? ' ' : words.matches(counted.data.count)}
      </Text>
    </Stack>
  )
}
