import { Alert } from '@mantine/core'
import { useNetwork } from '@mantine/hooks'
import { shell } from '#words/shell.ts'
import { useLiveState } from '../api/live.ts'

/** Says that what is shown may be old. */
export function ConnectionBanner() {
  const state = useLiveState()
  const { online } = useNetwork()
  const lost = state === 'lost' || !online
  return (
    <div aria-live="polite">
      {lost && (
        <Alert color="yellow" mb="md" py="xs">
          {online ? shell.lost : `${shell.offline} ${shell.lost}`}
        </Alert>
      )}
    </div>
  )
}
