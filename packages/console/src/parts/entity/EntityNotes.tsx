import { Button, Group, Paper, Stack, Text, Textarea } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { entities } from '#words/entities.ts'
import { api } from '../../api/client.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { Confirm } from '../Confirm.tsx'
import { Fault } from '../Fault.tsx'
import { fieldFaults } from '../fieldFaults.ts'
import { Time } from '../Time.tsx'
import { useAction } from '../useAction.tsx'
import type { EntityProps } from './entity.ts'

const words = entities.notes
type Note = Schemas['Note']

/** What operators have written about it for one another, newest first. */
export function EntityNotes({ of, id }: EntityProps) {
  const mayWrite = hasRole(usePrincipal(), 'operator')
  const [text, setText] = useState('')
  const [gone, setGone] = useState<Note | null>(null)
  const key = [of, id, 'notes']
  const notes = useQuery({
    queryKey: key,
    queryFn: async () => answer(await api.GET(`/api/v1/${of}/{id}/notes`, { params: { path: { id } } })),
  })
  const add = useAction({
    run: async () => answer(await api.POST(`/api/v1/${of}/{id}/notes`, { params: { path: { id } }, body: { text } })),
    done: () => words.added,
    changes: [key],
    onDone: () => setText(''),
  })
  return (
    <Stack maw="46rem">
      {mayWrite && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            add.mutate()
          }}
        >
          <Textarea
            label={words.label}
            description={words.hint}
            autosize
            minRows={2}
            maxRows={12}
            required
            value={text}
            error={fieldFaults(add.error)['/text']}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" mt="xs" loading={add.isPending}>
            {words.add}
          </Button>
        </form>
      )}
      <Fault error={notes.error ?? add.error} />
      {notes.data?.items.length === 0 && <Text c="dimmed">{words.none}</Text>}
      {notes.data?.items.map((note) => (
        <Paper key={note.id} component="article" p="sm">
          <Group justify="space-between" mb={4}>
            <Text size="xs" c="dimmed">
              {note.author.name ?? note.author.id}, <Time at={note.createdAt} />
            </Text>
            {mayWrite && (
              <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setGone(note)}>
                {words.delete}
              </Button>
            )}
          </Group>
          <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {note.text}
          </Text>
        </Paper>
      ))}
      {gone !== null && <Delete of={of} id={id} note={gone.id} onClose={() => setGone(null)} />}
    </Stack>
  )
}

function Delete({ of, id, note, onClose }: EntityProps & { note: string; onClose: () => void }) {
  const remove = useAction({
    run: async () => answer(await api.DELETE(`/api/v1/${of}/{id}/notes/{note}`, { params: { path: { id, note } } })),
    done: () => words.deleted,
    changes: [[of, id, 'notes']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.deleteTitle}
      verb={words.delete}
      isDangerous
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{words.deleteText}</Text>
    </Confirm>
  )
}
