import { Alert, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { answer } from '@sutler/client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { directories } from '#words/directories.ts'
import { api } from '../../../api/client.ts'
import { DataTable, type Column } from '../../../parts/DataTable.tsx'
import { Fault } from '../../../parts/Fault.tsx'
import { fieldFaults } from '../../../parts/fieldFaults.ts'

const words = directories.test

interface Found {
  readonly entry: string
  readonly name: string
  readonly email: string | null
}

const columns: readonly Column<Found>[] = [
  { id: 'name', header: words.columns.name, cell: ({ name }) => name },
  { id: 'email', header: words.columns.email, cell: ({ email }) => email ?? '–' },
  { id: 'entry', header: words.columns.entry, wide: true, cell: ({ entry }) => entry },
]

/** Looks somebody up in a directory, to see that it is set up as it should be. */
export function TestLookUp({ id }: { id: string }) {
  const [q, setQ] = useState('')
  const test = useMutation({
    mutationFn: async () =>
      answer(await api.POST('/api/v1/directories/{id}/test', { params: { path: { id } }, body: { q } })),
  })
  return (
    <section>
      <Title order={2}>{words.title}</Title>
      <Text size="sm" c="dimmed" mb="xs">
        {words.text}
      </Text>
      <Stack gap="sm">
        <form
          onSubmit={(event) => {
            event.preventDefault()
            test.mutate()
          }}
        >
          <Group align="flex-end" gap="xs" wrap="nowrap" maw="32rem">
            <TextInput
              style={{ flex: 1 }}
              label={words.q}
              required
              minLength={2}
              maxLength={128}
              value={q}
              error={fieldFaults(test.error)['/q']}
              onChange={(event) => setQ(event.currentTarget.value)}
            />
            <Button type="submit" loading={test.isPending}>
              {words.verb}
            </Button>
          </Group>
        </form>
        <Fault error={test.error} />
        <div aria-live="polite">
          {test.data?.answered === false && (
            <Alert color="orange" title={words.failed}>
              {test.data.why}
            </Alert>
          )}
          {test.data?.answered === true && (
            <>
              <Text size="sm">{words.found(test.data.people.length, test.data.tookMilliseconds)}</Text>
              <DataTable
                label={words.table}
                columns={columns}
                page={{ items: test.data.people, next: null }}
                rowId={({ entry }) => entry}
                empty={null}
              />
            </>
          )}
        </div>
      </Stack>
    </section>
  )
}
