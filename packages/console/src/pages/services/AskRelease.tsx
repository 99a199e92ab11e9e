import { Select, Stack, Text, Textarea } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useState } from 'react'
import { services } from '#words/services.ts'
import { api } from '../../api/client.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { useAction } from '../../parts/useAction.tsx'

type Channel = Schemas['ReleaseRequest']['channel']

const text = services.releases
const channels: readonly Channel[] = ['stable', 'beta', 'alpha']

/** Asks another person to release a version. */
export function AskRelease({ version: of, onClose }: { version: Schemas['Version']; onClose: () => void }) {
  const { service, version } = of
  const [channel, setChannel] = useState<Channel>('stable')
  const [note, setNote] = useState('')
  const asking = useAction({
    run: async () => {
      const params = { path: { service, version } }
      const body = { channel, note }
      return answer(await api.POST('/api/v1/services/{service}/versions/{version}/release-requests', { params, body }))
    },
    done: () => text.asking,
    changes: [['release-requests']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={text.askTitle(version)}
      verb={text.ask}
      isPending={asking.isPending}
      error={asking.error}
      onConfirm={() => asking.mutate()}
      onClose={onClose}
    >
      <Stack>
        <Text size="sm">{text.askText}</Text>
        <Select
          label={services.channel}
          data={[...channels]}
          value={channel}
          allowDeselect={false}
          onChange={(chosen) => setChannel((chosen ?? channel) as Channel)}
        />
        <Textarea
          label={text.askNote}
          value={note}
          autosize
          minRows={2}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </Stack>
    </Confirm>
  )
}
