import { Text } from '@mantine/core'
import { answer } from '@sutler/client'
import { settings } from '#words/settings.ts'
import { api } from '../../../api/client.ts'
import { Confirm } from '../../../parts/Confirm.tsx'
import { useAction } from '../../../parts/useAction.tsx'
import type { ApiKey } from './keyState.ts'

const words = settings.keys

interface RevokeKeyProps {
  readonly apiKey: ApiKey
  /** What will come of it. */
  readonly text: string
  readonly onClose: () => void
}

export function RevokeKey({ apiKey: { id, name }, text, onClose }: RevokeKeyProps) {
  const revoke = useAction({
    run: async () => answer(await api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id } } })),
    done: () => words.revoked(name),
    changes: [['api-keys']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.revokeTitle(name)}
      verb={words.revoke}
      isDangerous
      isPending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{text}</Text>
    </Confirm>
  )
}
