import { Select, Stack, Text } from '@mantine/core'
import { answer } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { models } from '#words/models.ts'
import { api } from '../../../api/client.ts'
import { rolesQuery, versionsQuery } from '../../../api/models.ts'
import { Confirm } from '../../../parts/Confirm.tsx'
import { TextLink } from '../../../parts/links.tsx'
import { useAction } from '../../../parts/useAction.tsx'

/** In the list of versions: the hub chooses. */
const automatic = 'automatic'

/** Chooses the version of a model that fills a role; says what follows before, and offers to move what runs after. */
export function AssignRole({ role, version, onClose }: { role: string; version?: string; onClose: () => void }) {
  const roles = useQuery(rolesQuery)
  const versions = useQuery(versionsQuery(role))
  const before = roles.data?.find((each) => each.role === role)
  const [picked, setPicked] = useState<string | null>(version ?? null)
  const chosen = picked ?? (before?.assigned === null ? automatic : (before?.version ?? null))
  const assign = useAction({
    run: async (next: string) => {
      const body = { version: next === automatic ? null : next }
      return answer(await api.PUT('/api/v1/roles/{role}', { params: { path: { role } }, body }))
    },
    done: (filled) => (
      <>
        {models.roles.done(role, filled.version ?? '')}{' '}
        <TextLink
          to="/models/$name/migrations"
          params={{ name: role }}
          search={{ from: before?.version ?? undefined, to: filled.version ?? undefined }}
          size="sm"
        >
          {models.roles.move}
        </TextLink>
      </>
    ),
    changes: [['models']],
    onDone: onClose,
  })
  const options = [
    { value: automatic, label: models.roles.automatic(newestShipped(versions.data ?? [])) },
    ...(versions.data ?? []).map((each) => ({ value: each.version, label: each.version })),
  ]
  const target = chosen === automatic ? newestShipped(versions.data ?? []) : (chosen ?? '')
  const isSame = before?.version === target && (before?.assigned === null) === (chosen === automatic)
  return (
    <Confirm
      title={models.roles.title(role)}
      verb={models.roles.verb}
      isPending={assign.isPending}
      error={assign.error}
      onConfirm={() => {
        if (chosen !== null) assign.mutate(chosen)
      }}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Select
          label={models.roles.pick}
          data={options}
          value={chosen}
          onChange={(next) => setPicked(next)}
          allowDeselect={false}
          data-autofocus
        />
        <Text size="sm">
          {isSame ? models.roles.same : models.roles.consequence(role, target, before?.version ?? '')}
        </Text>
      </Stack>
    </Confirm>
  )
}

function newestShipped(versions: readonly { readonly version: string; readonly publishedBy: string | null }[]): string {
  return versions.find(({ publishedBy }) => publishedBy === null)?.version ?? ''
}
