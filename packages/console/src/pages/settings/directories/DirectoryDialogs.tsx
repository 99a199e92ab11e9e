import { NativeSelect, Stack, Text } from '@mantine/core'
import { answer } from '@sutler/client'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { directories } from '#words/directories.ts'
import { api } from '../../../api/client.ts'
import { Confirm } from '../../../parts/Confirm.tsx'
import { fieldFaults } from '../../../parts/fieldFaults.ts'
import { useAction } from '../../../parts/useAction.tsx'
import { DirectoryForm } from './DirectoryForm.tsx'
import { directoryChangeOf, draftOf, emptyDraft, newDirectoryOf, type Directory } from './draft.ts'

const { form: words, page } = directories

/** Adds a directory and leads to it, where it can be tried. */
export function AddDirectory({ onClose }: { onClose: () => void }) {
  const [draft, setDraft] = useState(emptyDraft('ldap'))
  const navigate = useNavigate()
  const add = useAction({
    run: async () => answer(await api.POST('/api/v1/directories', { body: newDirectoryOf(draft) as never })),
    done: ({ name }) => words.done(name),
    changes: [['directories']],
    onDone: ({ id }) => void navigate({ to: '/settings/directories/$id', params: { id } }),
  })
  return (
    <Confirm
      title={words.title}
      verb={words.verb}
      isPending={add.isPending}
      error={add.error}
      onConfirm={() => add.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <NativeSelect
          label={words.kind}
          data={Object.entries(directories.kinds).map(([value, label]) => ({ value, label }))}
          value={draft.kind}
          onChange={(event) => {
            const kind = event.currentTarget.value as Directory['kind']
            setDraft(({ name }) => ({ ...emptyDraft(kind), name }))
          }}
        />
        <DirectoryForm
          draft={draft}
          faults={fieldFaults(add.error)}
          onChange={(changes) => setDraft((before) => ({ ...before, ...changes }))}
        />
        <Text size="sm">{words.consequence}</Text>
      </Stack>
    </Confirm>
  )
}

interface DirectoryDialogProps {
  readonly directory: Directory
  /** Of what is shown. */
  readonly etag: string
  readonly onClose: () => void
}

async function change({ id }: Directory, etag: string, body: object): Promise<Directory> {
  const params = { path: { id } }
  return answer(await api.PATCH('/api/v1/directories/{id}', { params, body, headers: { 'if-match': etag } }))
}

export function ChangeDirectory({ directory, etag, onClose }: DirectoryDialogProps) {
  const [draft, setDraft] = useState(draftOf(directory))
  const save = useAction({
    run: () => change(directory, etag, directoryChangeOf(draft)),
    done: ({ name }) => words.changed(name),
    changes: [['directories'], ['directory', directory.id]],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.changeTitle(directory.name)}
      verb={words.changeVerb}
      isPending={save.isPending}
      error={save.error}
      onConfirm={() => save.mutate()}
      onClose={onClose}
    >
      <DirectoryForm
        draft={draft}
        isKept
        faults={fieldFaults(save.error)}
        onChange={(changes) => setDraft((before) => ({ ...before, ...changes }))}
      />
    </Confirm>
  )
}

/** Disables a directory, or enables it again. */
export function SwitchDirectory({ directory, etag, onClose }: DirectoryDialogProps) {
  const { id, name, disabled } = directory
  const turn = useAction({
    run: () => change(directory, etag, { disabled: !disabled }),
    done: () => (disabled ? page.enabled(name) : page.disabled(name)),
    changes: [['directories'], ['directory', id]],
    onDone: onClose,
  })
  return (
    <Confirm
      title={disabled ? page.enableTitle(name) : page.disableTitle(name)}
      verb={disabled ? page.enable : page.disable.replace('…', '')}
      isDangerous={!disabled}
      isPending={turn.isPending}
      error={turn.error}
      onConfirm={() => turn.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{disabled ? page.enableText : page.disableText}</Text>
    </Confirm>
  )
}

export function RemoveDirectory({ directory: { id, name }, onClose }: Omit<DirectoryDialogProps, 'etag'>) {
  const navigate = useNavigate()
  const remove = useAction({
    run: async () => answer(await api.DELETE('/api/v1/directories/{id}', { params: { path: { id } } })),
    done: () => page.removed(name),
    changes: [['directories']],
    onDone: () => void navigate({ to: '/settings/directories' }),
  })
  return (
    <Confirm
      title={page.removeTitle(name)}
      verb={page.remove.replace('…', '')}
      isDangerous
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{page.removeText}</Text>
    </Confirm>
  )
}
