import { TextInput } from '@mantine/core'
import { answer } from '@sutler/client'
import { useState } from 'react'
import { common } from '#words/common.ts'
import { device as words } from '#words/device.ts'
import { api } from '../../../../api/client.ts'
import { Confirm } from '../../../../parts/Confirm.tsx'
import { fieldFaults } from '../../../../parts/fieldFaults.ts'
import { useAction } from '../../../../parts/useAction.tsx'
import type { DeviceDialogProps } from './dialogProps.ts'

export function RenameDialog({ device, onClose }: DeviceDialogProps) {
  const [name, setName] = useState(device.name)
  const rename = useAction({
    run: async () => {
      const path = { id: device.id }
      const { response } = await api.GET('/api/v1/devices/{id}', { params: { path } })
      const headers = { 'if-match': response.headers.get('etag') ?? '*' }
      return answer(await api.PATCH('/api/v1/devices/{id}', { params: { path }, body: { name }, headers }))
    },
    done: (changed) => words.dialogs.rename.done(changed.name),
    changes: [['device', device.id], ['devices'], ['names']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.dialogs.rename.title}
      verb={common.save}
      isPending={rename.isPending}
      error={rename.error}
      onConfirm={() => rename.mutate()}
      onClose={onClose}
    >
      <TextInput
        label={words.dialogs.rename.name}
        required
        data-autofocus
        value={name}
        error={fieldFaults(rename.error)['/name']}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </Confirm>
  )
}
