import { Alert, Button, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatPattern, PatternError } from '@sutler/patterns'
import { models } from '#words/models.ts'
import { modelNamesQuery, modelQuery, nextVersion, rolesQuery, versionsQuery } from '../../../api/models.ts'
import { Confirm } from '../../../parts/Confirm.tsx'
import { PageHeader } from '../../../parts/PageHeader.tsx'
import { Time } from '../../../parts/Time.tsx'
import type { PatternReport } from '../../../parts/workbench/jobs.ts'
import { Publish } from './Publish.tsx'
import { useDraft } from './useDraft.ts'
import { Workspace } from './Workspace.tsx'

interface EditorProps {
  /** Of the model; empty = it is new. */
  readonly name: string
  /** The version that the text is of. */
  readonly base: string | null
  readonly text: string
}

/** A pattern being written: kept as a draft with each change, until it is published. */
export function Editor({ name, base, text: original }: EditorProps) {
  const { text, draft, isKept, write, discard } = useDraft(name, base, original)
  const [report, setReport] = useState<PatternReport | null>(null)
  const [asks, setAsks] = useState<'publish' | 'discard' | null>(null)
  const names = useQuery(modelNamesQuery)
  const model = report?.model ?? null
  const isWrong = report?.diagnostics.some(({ severity }) => severity === 'error') ?? true
  const format = (): void => {
    try {
      write(formatPattern(text))
    } catch (error) {
      if (!(error instanceof PatternError)) throw error
    }
  }
  return (
    <>
      <PageHeader
        title={models.editor.title(name)}
        above={[
          { to: '/models', label: models.title },
          ...(base === null ? [] : [{ to: `/models/${name}/${base}`, label: `${name} ${base}` }]),
        ]}
        text={
          <>
            {base === null ? models.editor.fresh : models.editor.based(draft?.base ?? base)}
            {draft !== null && (
              <>
                , <Time at={draft.changedAt} />
              </>
            )}
            . {isKept ? models.editor.saved : models.editor.unsaved}
          </>
        }
      >
        <Button onClick={() => setAsks('publish')} disabled={isWrong || model === null}>
          {models.editor.publish}
        </Button>
        <Button variant="default" onClick={format} disabled={report !== null && report.model === null}>
          {models.editor.format}
        </Button>
        <Button variant="default" onClick={() => setAsks('discard')} disabled={draft === null}>
          {models.editor.discard}
        </Button>
      </PageHeader>
      {model !== null && <VersionNotice report={report} text={text} onRaise={write} />}
      <Workspace text={text} onText={write} onReport={setReport} {...(names.data && { models: names.data })} />
      {asks === 'publish' && model !== null && (
        <Publish
          text={text}
          name={model.model}
          version={model.version}
          onPublished={discard}
          onClose={() => setAsks(null)}
        />
      )}
      {asks === 'discard' && (
        <Confirm
          title={models.editor.discard}
          verb={models.editor.discard}
          isDangerous
          isPending={false}
          error={null}
          onConfirm={() => {
            discard()
            setAsks(null)
          }}
          onClose={() => setAsks(null)}
        >
          <Text size="sm">{models.editor.discardText(base ?? models.editor.fresh)}</Text>
        </Confirm>
      )}
    </>
  )
}

/** A published version never changes: a text with the number of one is told so, with the next free number. */
function VersionNotice({
  report,
  text,
  onRaise,
}: {
  report: PatternReport | null
  text: string
  onRaise: (text: string) => void
}) {
  const model = report?.model
  const { data: versions } = useQuery({ ...versionsQuery(model?.model ?? ''), enabled: model !== undefined })
  const { data: roles } = useQuery(rolesQuery)
  const isTaken = versions?.some(({ version }) => version === model?.version) ?? false
  const published = useQuery({ ...modelQuery(model?.model ?? '', model?.version ?? ''), enabled: isTaken })
  if (!model || !isTaken || versions === undefined || published.data === undefined) return null
  if (published.data.text === text)
    return (
      <Text size="sm" c="dimmed" mb="sm" role="status">
        {models.editor.versionSame(model.version)}
      </Text>
    )
  const next = nextVersion(
    versions.map(({ version }) => version),
    roles?.some(({ role }) => role === model.model) ?? false,
  )
  return (
    <Alert color="yellow" mb="sm" role="status" title={models.editor.versionTaken(model.version)}>
      <Button size="compact-sm" variant="default" onClick={() => onRaise(raised(text, model.version, next))}>
        {models.editor.raise(next)}
      </Button>
    </Alert>
  )
}

/** The text with another version in its line `model`. */
function raised(text: string, from: string, to: string): string {
  const line = /^model\s.*$/m.exec(text)
  if (line === null) return text
  const { index } = line
  const [head] = line
  return text.slice(0, index) + head.replace(from, to) + text.slice(index + head.length)
}
