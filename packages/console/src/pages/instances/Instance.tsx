import { Alert, Badge, Button, Group, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { instances } from '#words/instances.ts'
import { models } from '#words/models.ts'
import { modelQuery } from '../../api/models.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { Fault } from '../../parts/Fault.tsx'
import { TextLink } from '../../parts/links.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { ModelDiagram } from '../../parts/diagram/ModelDiagram.tsx'
import { Replay } from '../../parts/diagram/Replay.tsx'
import { usePicture } from '../../parts/workbench/usePicture.ts'
import { InstanceActions } from './actions/InstanceActions.tsx'
import { History } from './History.tsx'
import { InstanceParts } from './InstanceParts.tsx'
import { shownAt } from './shownAt.ts'
import { type Entry, type InstanceView, useFollowed, useHistory, useInstance } from './useInstance.ts'
import classes from './instance.module.css'

const route = getRouteApi('/instances/$model/$id')

export function Instance() {
  const { model, id } = route.useParams()
  const { data, error, refetch } = useInstance(model, id)
  if (error) return <Fault error={error} retry={() => void refetch()} />
  if (data === undefined) return <Skeleton height="70vh" />
  return <Shown instance={data} />
}

function Shown({ instance }: { instance: InstanceView }) {
  const { model, id, version, done } = instance
  const search = route.useSearch()
  const step = search.step === undefined ? undefined : Number(search.step)
  const navigate = route.useNavigate()
  const followed = useFollowed(model, id, done)
  const history = useHistory(model, id)
  const published = useQuery(modelQuery(model, version))
  const mayWrite = hasRole(usePrincipal(), 'operator')
  const show = (entry: number | undefined): void => {
    void navigate({
      search: { step: entry === undefined ? undefined : String(entry) },
      replace: true,
      resetScroll: false,
    })
  }
  return (
    <>
      <PageHeader
        title={id}
        above={[{ to: '/instances', label: instances.title }]}
        beside={<Standing instance={instance} followed={followed} />}
        text={
          <TextLink size="sm" to="/models/$name/$version" params={{ name: model, version }}>
            {model} {version}
          </TextLink>
        }
      >
        {mayWrite && published.data && <InstanceActions instance={instance} model={published.data.document} />}
      </PageHeader>
      {instance.attention !== null && (
        <Alert color="red" title={instances.attention} mb="md" role="alert">
          {instance.attention}
        </Alert>
      )}
      {followed === 'lost' && (
        <Alert color="yellow" mb="md" role="status">
          {instances.lostLive}
        </Alert>
      )}
      <div className={classes['columns']}>
        <Picture instance={instance} entries={history.entries} step={step} onShow={show} />
        <InstanceParts instance={instance} data={shownAt(instance, history.entries, step).data} />
      </div>
      <History
        model={model}
        id={id}
        entries={history.entries}
        error={history.error}
        isLoading={history.isPending}
        shown={step}
        onShow={show}
        {...(history.hasNextPage && { onMore: () => void history.fetchNextPage() })}
      />
    </>
  )
}

function Standing({ instance, followed }: { instance: InstanceView; followed: 'live' | 'lost' | 'done' }) {
  const { states, done } = instance
  return (
    <Group gap={6} role="status" aria-label={instances.current}>
      {states.map((state) => (
        <Badge key={state} color={done ? 'gray' : 'blue'}>
          {state}
        </Badge>
      ))}
      {followed === 'live' && (
        <Badge variant="dot" color="teal">
          {instances.live}
        </Badge>
      )}
      {done && <Badge color="gray">{instances.ended}</Badge>}
    </Group>
  )
}

interface PictureProps {
  readonly instance: InstanceView
  readonly entries: readonly Entry[]
  readonly step: number | undefined
  readonly onShow: (entry: number | undefined) => void
}

/** The model’s diagram with the states of now, or of the step that somebody looks back at. */
function Picture({ instance, entries, step, onShow }: PictureProps) {
  const { data: published, error } = useQuery(modelQuery(instance.model, instance.version))
  const { picture, fault } = usePicture(published?.document)
  const shown = shownAt(instance, entries, step)
  const inOrder = entries.toReversed()
  const at = step === undefined ? inOrder.length - 1 : inOrder.findIndex(({ entry }) => entry === step)
  const titles = inOrder.map(({ entry, type, states }) => models.replay.step(entry, type, states.join(', ')))
  if (error ?? fault) return <Fault error={error ?? fault} />
  if (published === undefined) return <Skeleton height="50vh" />
  return (
    <div>
      <ModelDiagram
        model={published.document}
        picture={picture}
        current={shown.states}
        fired={shown.fired}
        height="min(58vh, 46rem)"
      />
      <Group gap="sm" mt="xs" wrap="nowrap">
        <div style={{ flex: 1, minWidth: 0 }}>
          <Replay
            label={instances.replay}
            titles={titles}
            at={Math.max(0, at)}
            onAt={(index) => onShow(index >= inOrder.length - 1 ? undefined : inOrder[index]?.entry)}
          />
        </div>
        {step !== undefined && (
          <Button size="compact-sm" variant="light" onClick={() => onShow(undefined)}>
            {instances.backToLive}
          </Button>
        )}
      </Group>
    </div>
  )
}
