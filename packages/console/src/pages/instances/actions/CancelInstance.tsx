import { Checkbox, Stack, Text } from '@mantine/core'
import { answer } from '@sutler/client'
import { useState } from 'react'
import { instances } from '#words/instances.ts'
import { api } from '../../../api/client.ts'
import { Confirm } from '../../../parts/Confirm.tsx'
import { useAction } from '../../../parts/useAction.tsx'
import type { InstanceView } from '../useInstance.ts'
import { Reason } from './GoOn.tsx'

const words = instances.actions

export function CancelInstance({ instance: { model, id }, onClose }: { instance: InstanceView; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const [isForced, setForced] = useState(false)
  const cancel = useAction({
    run: async () => {
      const body = { reason: reason.trim(), ...(isForced && { force: true }) }
      return answer(await api.POST('/api/v1/instances/{model}/{id}/cancel', { params: { path: { model, id } }, body }))
    },
    done: () => words.cancelled,
    changes: [['instances']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.cancelTitle(id)}
      verb={words.cancelVerb}
      isDangerous
      isOff={reason.trim() === ''}
      isPending={cancel.isPending}
      error={cancel.error}
      onConfirm={() => cancel.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Text size="sm">{words.cancelText}</Text>
        <Reason value={reason} onChange={setReason} />
        <Checkbox label={words.force} checked={isForced} onChange={(event) => setForced(event.currentTarget.checked)} />
      </Stack>
    </Confirm>
  )
}
