import { Button, Group, Skeleton, Text } from '@mantine/core'
import { answer, ApiError, type Schemas } from '@sutler/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { stringify } from 'yaml'
import { policies } from '#words/policies.ts'
import { api } from '../../api/client.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { TextEditor } from '../../parts/pattern/TextEditor.tsx'
import { readYaml, yamlEditor } from '../../parts/pattern/yaml.ts'
import { useAction } from '../../parts/useAction.tsx'

const words = policies.preferences

/** What holds for everybody who says nothing else. */
export function TenantPreferences() {
  const principal = usePrincipal()
  const { data, error } = useQuery({
    queryKey: ['preferences', 'tenant', principal.tenant],
    queryFn: async () => {
      const params = { path: { kind: 'tenant' as const, id: principal.tenant } }
      const found = await api.GET('/api/v1/preferences/{kind}/{id}', { params })
      return { preferences: answer(found).preferences, etag: found.response.headers.get('etag') ?? '*' }
    },
    // What somebody is typing is not overwritten by what is read again.
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  })
  if (error) return <Fault error={error} />
  if (data === undefined) return <Skeleton height="20rem" />
  return <Form key={data.etag} stored={data.preferences} etag={data.etag} tenant={principal.tenant} />
}

interface FormProps {
  readonly stored: Schemas['Preferences']
  readonly etag: string
  readonly tenant: string
}

function Form({ stored, etag, tenant }: FormProps) {
  const original = Object.keys(stored).length === 0 ? '{}\n' : stringify(stored)
  const [text, setText] = useState(original)
  const [asks, setAsks] = useState(false)
  const client = useQueryClient()
  const mayWrite = hasRole(usePrincipal(), 'operator')
  const extensions = useMemo(() => yamlEditor((typed) => Promise.resolve(readYaml(typed, words.label).mistakes)), [])
  const document = readYaml(text, words.label).document
  const save = useAction({
    run: async () => {
      const params = { path: { kind: 'tenant' as const, id: tenant } }
      const body = (document ?? {}) as Schemas['Preferences']
      return answer(await api.PUT('/api/v1/preferences/{kind}/{id}', { params, body, headers: { 'If-Match': etag } }))
    },
    done: () => words.saved,
    changes: [['preferences']],
    onDone: () => setAsks(false),
  })
  const isOutdated = save.error instanceof ApiError && save.error.status === 412
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {words.text}
      </Text>
      <TextEditor
        text={text}
        onText={setText}
        label={words.label}
        extensions={extensions}
        isReadOnly={!mayWrite}
        height="22rem"
      />
      {mayWrite && (
        <Group mt="sm">
          <Button onClick={() => setAsks(true)} disabled={document === null || text === original}>
            {words.save}
          </Button>
        </Group>
      )}
      {asks && (
        <Confirm
          title={words.saveTitle}
          verb={words.verb}
          isPending={save.isPending}
          error={save.error}
          onConfirm={() => save.mutate()}
          onClose={() => setAsks(false)}
        >
          <Text size="sm">{words.saveText}</Text>
          {isOutdated && (
            <Button
              mt="sm"
              size="compact-sm"
              variant="default"
              onClick={() => void client.invalidateQueries({ queryKey: ['preferences'] })}
            >
              {words.readAgain}
            </Button>
          )}
        </Confirm>
      )}
    </>
  )
}
