import { Text, TextInput } from '@mantine/core'
import { answer } from '@sutler/client'
import { useState } from 'react'
import { fleet } from '#words/fleet.ts'
import { order as words } from '#words/orders.ts'
import { api } from '../../api/client.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { useAction } from '../../parts/useAction.tsx'
import type { Order } from './OrderPage.tsx'

export function CancelDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const { id } = order
  const cancel = useAction({
    run: async () => {
      const body = reason === '' ? {} : { reason }
      return answer(await api.POST('/api/v1/orders/{id}/cancel', { params: { path: { id } }, body: body as never }))
    },
    done: () => words.cancelDialog.done,
    changes: [['order', id], ['orders']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.cancelDialog.title}
      verb={words.cancelDialog.verb}
      isDangerous
      isPending={cancel.isPending}
      error={cancel.error}
      onConfirm={() => cancel.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{words.cancelDialog.text}</Text>
      <Text size="sm">
        {words.cancelDialog.open(order.deliveries.filter(({ settledAt }) => settledAt === null).length)}
      </Text>
      <TextInput
        mt="sm"
        label={fleet.reason}
        description={fleet.reasonHint}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Confirm>
  )
}
