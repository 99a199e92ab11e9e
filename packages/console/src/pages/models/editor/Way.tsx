import { Button, Group, Stack, Title } from '@mantine/core'
import type { Diagnostic } from '@sutler/patterns/language'
import { useMemo, useState } from 'react'
import { models } from '#words/models.ts'
import { ModelDiagram } from '../../../parts/diagram/ModelDiagram.tsx'
import { Replay } from '../../../parts/diagram/Replay.tsx'
import type { Drawn } from './Workspace.tsx'

interface WayProps {
  readonly drawn: Drawn
  readonly way: NonNullable<Diagnostic['witness']>
  readonly onClose: () => void
}

/** A counter-example, step by step in the diagram: how what must not be comes about. */
export function Way({ drawn: { model, picture }, way, onClose }: WayProps) {
  const [at, setAt] = useState(0)
  const titles = useMemo(
    () => [
      models.replay.beginning,
      ...way.map(({ signal, states }, index) => models.replay.step(index + 1, signal, states.join(', '))),
    ],
    [way],
  )
  const { current, fired } = useMemo(() => {
    const step = at === 0 ? undefined : way[at - 1]
    return { current: step?.states ?? model.initial, fired: step?.fired ?? [] }
  }, [at, way, model])
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={3}>{models.editor.wayTitle}</Title>
        <Button size="compact-sm" variant="default" onClick={onClose}>
          {models.editor.wayClose}
        </Button>
      </Group>
      <ModelDiagram model={model} picture={picture} current={current} fired={fired} height="min(55vh, 48rem)" />
      <Replay label={models.editor.wayTitle} titles={titles} at={at} onAt={setAt} />
    </Stack>
  )
}
