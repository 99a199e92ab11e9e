import { Button, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { answer } from '@sutler/client'
import { personal } from '#words/personal.ts'
import { api } from '../../api/client.ts'
import { Confirm } from '../Confirm.tsx'
import { saveFile } from '../saveFile.ts'
import { useAction } from '../useAction.tsx'
import { useDialog } from '../useDialog.tsx'

const words = personal.export

interface ExportButtonProps {
  readonly id: string
  readonly name: string
}

/** Downloads everything that is kept about a person. */
export function ExportButton({ id, name }: ExportButtonProps) {
  const dialog = useDialog<'export'>()
  const take = useAction({
    run: async () => {
      const data = answer(await api.POST('/api/v1/users/{id}/export', { params: { path: { id } } }))
      saveFile(words.file(id), JSON.stringify(data, null, 2), 'application/json')
    },
    done: () => words.done(name),
    onDone: dialog.close,
  })
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        onClick={() => dialog.open('export')}
      >
        {words.button}
      </Button>
      {dialog.when('export', () => (
        <Confirm
          title={words.title(name)}
          verb={words.verb}
          isPending={take.isPending}
          error={take.error}
          onConfirm={() => take.mutate()}
          onClose={dialog.close}
        >
          <Text size="sm">{words.text}</Text>
        </Confirm>
      ))}
    </>
  )
}
