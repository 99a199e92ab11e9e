import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { models } from '#words/models.ts'
import { modelQuery, versionsQuery } from '../../api/models.ts'
import { Empty } from '../../parts/Empty.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { Editor } from './editor/Editor.tsx'

const route = getRouteApi('/models/$name/edit')

/** Edits the next version of a model: the draft in this browser, or the text of a version. */
export function EditModel() {
  const { name } = route.useParams()
  const { from } = route.useSearch()
  const versions = useQuery(versionsQuery(name))
  const base = from ?? versions.data?.[0]?.version
  const model = useQuery({ ...modelQuery(name, base ?? ''), enabled: base !== undefined })
  const error = versions.error ?? model.error
  if (error) return <Fault error={error} />
  if (versions.data?.length === 0) return <Empty title={models.none.title} text={models.none.text} />
  if (model.data === undefined) return <Skeleton height="70vh" />
  if (model.data.text === null) return <Empty title={models.noText} />
  return <Editor key={name} name={name} base={model.data.version} text={model.data.text} />
}
