import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useState } from 'react'
import { services } from '#words/services.ts'
import { api } from '../../api/client.ts'
import { usePrincipal } from '../../api/session.ts'
import { Fault } from '../../parts/Fault.tsx'
import { fieldFaults } from '../../parts/fieldFaults.ts'
import { useAction } from '../../parts/useAction.tsx'

type Decision = 'approve' | 'refuse' | 'withdraw'

const text = services.releases

/** Approves or refuses what somebody else asked for; whoever asked can take it back. */
export function DecideRelease({ request, onClose }: { request: Schemas['ReleaseRequest']; onClose: () => void }) {
  const principal = usePrincipal()
  const [reason, setReason] = useState('')
  const { id, version, channel, note, askedBy, mayDecide } = request
  const deciding = useAction({
    run: async (decision: Decision) => {
      const params = { path: { id } }
      const body = { reason }
      if (decision === 'approve')
        return answer(await api.POST('/api/v1/release-requests/{id}/approve', { params, body }))
      if (decision === 'refuse') return answer(await api.POST('/api/v1/release-requests/{id}/refuse', { params, body }))
      return answer(await api.POST('/api/v1/release-requests/{id}/withdraw', { params, body }))
    },
    done: (_result, decision) => text.done[decision],
    changes: [['release-requests'], ['services', request.service]],
    onDone: onClose,
  })
  const isOwn = askedBy.id === principal.id
  return (
    <Modal opened onClose={onClose} title={text.heading(`${request.service} ${version}`)}>
      <Stack>
        {note !== '' && <Text size="sm">{`${askedBy.name}: ${note}`}</Text>}
        {mayDecide ? <Text size="sm">{text.consequence(channel)}</Text> : <Alert color="yellow">{text.own}</Alert>}
        <Textarea
          label={text.reason}
          description={text.reasonHint}
          value={reason}
          error={fieldFaults(deciding.error)['/reason']}
          autosize
          minRows={2}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Fault error={deciding.error} />
        <Group justify="flex-end">
          {isOwn && (
            <Button variant="default" loading={deciding.isPending} onClick={() => deciding.mutate('withdraw')}>
              {text.withdraw}
            </Button>
          )}
          {mayDecide && (
            <>
              <Button variant="default" loading={deciding.isPending} onClick={() => deciding.mutate('refuse')}>
                {text.refuse}
              </Button>
              <Button loading={deciding.isPending} onClick={() => deciding.mutate('approve')}>
                {text.approve}
              </Button>
            </>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}
