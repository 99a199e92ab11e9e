import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { common } from '#words/common.ts'
import { personal } from '#words/personal.ts'
import { EntityPicker } from '../picker/EntityPicker.tsx'

const words = personal.merge

interface MergeDialogProps {
  readonly of: 'users' | 'households'
  /** The one that would stay. */
  readonly id: string
  readonly onClose: () => void
}

/** Chooses who or what is the same, and leads to what merging them would do. */
export function MergeDialog({ of, id, onClose }: MergeDialogProps) {
  const [from, setFrom] = useState('')
  const navigate = useNavigate()
  return (
    <Modal opened onClose={onClose} title={of === 'users' ? words.dialog : words.dialogHousehold}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void navigate({ to: '/duplicates/$of/$id/$from', params: { of, id, from } })
        }}
      >
        <Stack>
          <Text size="sm">{words.dialogText}</Text>
          <EntityPicker
            of={of === 'users' ? 'person' : 'household'}
            label={words.other}
            required
            isFirst
            value={from}
            onChange={setFrom}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button type="submit" disabled={from === '' || from === id}>
              {words.look}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
