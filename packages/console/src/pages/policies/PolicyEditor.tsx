import { Button, Skeleton, Text } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { answer, ApiError, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { stringify } from 'yaml'
import { policies } from '#words/policies.ts'
import { api } from '../../api/client.ts'
import { usePrincipal } from '../../api/session.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { TextEditor } from '../../parts/pattern/TextEditor.tsx'
import { readYaml, yamlEditor, type YamlMistake } from '../../parts/pattern/yaml.ts'
import { useAction } from '../../parts/useAction.tsx'
import { policyQuery } from './reads.ts'

type Document = Schemas['PolicyDocument']

const route = getRouteApi('/policies/$policy/edit')
const words = policies.editor

const starter = `# Who joins with a phone gets the guide.
name: welcome
description: Who joins with a phone gets the guide.
when:
  event: device.enrolled
if: device.class == "phone"
then:
  - order:
      reference: welcome {device.id}
      items:
        - { action: add, service: tv-guide }
`

export function NewPolicy() {
  return <Editor text={starter} policy={null} name="" />
}

export function NextPolicy() {
  const { policy } = route.useParams()
  const { data, error } = useQuery(policyQuery(policy))
  if (error) return <Fault error={error} />
  if (data === undefined) return <Skeleton height="60vh" />
  const { name } = data.policy
  return <Editor text={stringify(data.newest.document)} policy={policy} name={name} />
}

interface EditorProps {
  readonly text: string
  /** Null = a new one. */
  readonly policy: string | null
  readonly name: string
}

/** Writes a version of a policy; what is typed is kept in the browser until it is put. */
function Editor({ text: original, policy, name }: EditorProps) {
  const { id } = usePrincipal()
  const [text, setText, forget] = useLocalStorage({
    key: `sutler-policy:${id}:${policy ?? '*new'}`,
    defaultValue: original,
    getInitialValueInEffect: false,
  })
  const [mistakes, setMistakes] = useState<readonly YamlMistake[] | null>(null)
  const [asks, setAsks] = useState(false)
  const extensions = useMemo(
    () =>
      yamlEditor(async (typed) => {
        const found = await mistakesIn(typed)
        setMistakes(found)
        return found
      }),
    [],
  )
  return (
    <>
      <PageHeader
        title={policy === null ? words.newTitle : words.title(name)}
        text={words.text}
        above={[
          { to: '/policies', label: policies.title },
          ...(policy === null ? [] : [{ to: `/policies/${policy}`, label: name }]),
        ]}
      >
        <Button onClick={() => setAsks(true)} disabled={mistakes === null || mistakes.length > 0}>
          {words.put}
        </Button>
        <Button variant="default" onClick={forget} disabled={text === original}>
          {words.discard}
        </Button>
      </PageHeader>
      <TextEditor text={text} onText={setText} label={words.label} extensions={extensions} height="min(62vh, 50rem)" />
      <Text size="sm" mt="sm" role="status" fw={600}>
        {mistakes === null ? words.checking : mistakes.length === 0 ? words.right : words.wrong(mistakes.length)}
      </Text>
      <ul>
        {mistakes?.map(({ from, message }) => (
          <li key={`${from} ${message}`}>
            <Text size="sm">{message}</Text>
          </li>
        ))}
      </ul>
      {asks && <Put text={text} policy={policy} onPut={forget} onClose={() => setAsks(false)} />}
    </>
  )
}

/** What the hub, or before it the reader of YAML, says is wrong. */
async function mistakesIn(text: string): Promise<readonly YamlMistake[]> {
  const read = readYaml(text, words.notDocument)
  if (read.document === null) return read.mistakes
  try {
    const { findings } = answer(await api.POST('/api/v1/policies/check', { body: read.document as Document }))
    return findings.map(({ pointer, detail, line, column }) => ({
      ...read.placeOf(pointer, line, column),
      message: `${pointer}: ${detail}`,
    }))
  } catch (error) {
    if (!(error instanceof ApiError) || error.places.length === 0) throw error
    return error.places.map(({ pointer, detail }) => ({ ...read.placeOf(pointer), message: `${pointer}: ${detail}` }))
  }
}

interface PutProps {
  readonly text: string
  readonly policy: string | null
  readonly onPut: () => void
  readonly onClose: () => void
}

function Put({ text, policy, onPut, onClose }: PutProps) {
  const navigate = useNavigate()
  const put = useAction({
    run: async () => {
      const body = readYaml(text, words.notDocument).document as Document
      if (policy === null) return answer(await api.POST('/api/v1/policies', { body }))
      return answer(await api.POST('/api/v1/policies/{id}/versions', { params: { path: { id: policy } }, body }))
    },
    done: ({ document, version }) => words.kept(document.name, version),
    changes: [['policies']],
    onDone(made) {
      onPut()
      void navigate({ to: '/policies/$policy', params: { policy: made.policy } })
    },
  })
  return (
    <Confirm
      title={words.putTitle}
      verb={words.putVerb}
      isPending={put.isPending}
      error={put.error}
      onConfirm={() => put.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{words.putText}</Text>
    </Confirm>
  )
}
