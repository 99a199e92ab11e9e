import { Checkbox, Skeleton, Stack, Text } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { services } from '#words/services.ts'
import { api } from '../../api/client.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { useAction } from '../../parts/useAction.tsx'

const text = services.trials
/** As many as one trial may name. */
const most = 20

/** Gives a version to test devices that are ticked. */
export function TryVersion({ version: of, onClose }: { version: Schemas['Version']; onClose: () => void }) {
  const { service, version } = of
  const [devices, setDevices] = useState<string[]>([])
  const { data, error } = useQuery({
    queryKey: ['test-devices'],
    queryFn: async () => answer(await api.GET('/api/v1/test-devices', { params: { query: { limit: 200 } } })),
  })
  const trying = useAction({
    run: async () => {
      const params = { path: { service, version } }
      return answer(
        await api.POST('/api/v1/services/{service}/versions/{version}/trials', { params, body: { devices } }),
      )
    },
    done: () => text.begun(devices.length),
    changes: [['trials', service, version]],
    onDone: onClose,
  })
  return (
    <Confirm
      title={text.tryTitle(version)}
      verb={text.try}
      isOff={devices.length === 0 || devices.length > most}
      isPending={trying.isPending}
      error={trying.error}
      onConfirm={() => trying.mutate()}
      onClose={onClose}
    >
      <Stack>
        <Text size="sm">{text.consequence}</Text>
        <Fault error={error} />
        {data === undefined && !error && <Skeleton height={60} />}
        {data?.items.length === 0 && <Text size="sm">{text.noDevices}</Text>}
        {data !== undefined && data.items.length > 0 && (
          <Checkbox.Group label={text.devices} value={devices} onChange={setDevices}>
            <Stack gap="xs" mt="xs">
              {data.items.map(({ id, class: kind, model, reachable }) => (
                <Checkbox
                  key={id}
                  value={id}
                  label={id}
                  description={[kind, model, reachable ? text.connected : text.away].filter(Boolean).join(', ')}
                />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
      </Stack>
    </Confirm>
  )
}
