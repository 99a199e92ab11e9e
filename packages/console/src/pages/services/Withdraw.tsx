import { Checkbox, List, Skeleton, Stack, Textarea } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { services } from '#words/services.ts'
import { api } from '../../api/client.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { fieldFaults } from '../../parts/fieldFaults.ts'
import { useAction } from '../../parts/useAction.tsx'
import { withdrawalOf } from './reads.ts'

const text = services.withdrawal

/** Takes a version back: names what that means for how many, and orders the one before where that is wanted. */
export function Withdraw({ version: of, onClose }: { version: Schemas['Version']; onClose: () => void }) {
  const { service, version } = of
  const { data, error } = useQuery(withdrawalOf(service, version))
  const [reason, setReason] = useState('')
  const [rollBack, setRollBack] = useState(false)
  const withdrawing = useAction({
    run: async () => {
      const params = { path: { service, version } }
      const body = { reason, rollBack }
      return answer(await api.POST('/api/v1/services/{service}/versions/{version}/withdrawal', { params, body }))
    },
    done: () => text.done(version),
    changes: [
      ['services', service],
      ['adoption', service],
    ],
    onDone: onClose,
  })
  return (
    <Confirm
      title={text.title(version)}
      verb={text.action}
      isDangerous
      isPending={withdrawing.isPending}
      error={withdrawing.error}
      onConfirm={() => withdrawing.mutate()}
      onClose={onClose}
    >
      <Stack>
        <Fault error={error} />
        {data === undefined && !error && <Skeleton height={60} />}
        <List size="sm">
          {data?.consequences.map((sentence) => (
            <List.Item key={sentence}>{sentence}</List.Item>
          ))}
        </List>
        {data !== undefined && data.previous !== null && (
          <Checkbox
            label={text.rollBack(data.previous)}
            checked={rollBack}
            onChange={(event) => setRollBack(event.currentTarget.checked)}
          />
        )}
        <Textarea
          label={text.reason}
          description={text.reasonHint}
          required
          value={reason}
          error={fieldFaults(withdrawing.error)['/reason']}
          autosize
          minRows={2}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Stack>
    </Confirm>
  )
}
