import { Alert, Badge, Box, Button, Code, Group, Stack, Table, Text } from '@mantine/core'
import type { SimulationLine } from '@sutler/engine'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { models } from '#words/models.ts'
import { ModelDiagram } from '../../../parts/diagram/ModelDiagram.tsx'
import { Replay } from '../../../parts/diagram/Replay.tsx'
import { workbench } from '../../../parts/workbench/workbench.ts'
import { SimulationControls } from './SimulationControls.tsx'
import type { Drawn } from './Workspace.tsx'

const none: readonly SimulationLine[] = []

/**
 * Plays with a model in the page: what somebody does is a script (engine.md, section 10), and what is shown is all of it run again
 * from the beginning, so that a changed text shows at once what it would do instead.
 */
export function Simulation({ drawn: { model, picture } }: { drawn: Drawn }) {
  const [script, setScript] = useState<readonly string[]>([])
  const [at, setAt] = useState<number | null>(null)
  const { data, error } = useQuery({
    queryKey: ['simulation', model, script],
    queryFn: () => workbench.do('simulate', { model, script }),
    placeholderData: (before) => before,
    gcTime: 0,
    staleTime: Infinity,
    retry: false,
  })
  const lines = data?.lines ?? none
  const titles = useMemo(
    () => [
      models.replay.beginning,
      ...lines.map(({ signal, states }, index) => models.replay.step(index + 1, signal, states.join(', '))),
    ],
    [lines],
  )
  const shown = Math.min(at ?? lines.length, lines.length)
  const line = shown === 0 ? undefined : lines[shown - 1]
  const current = line?.states ?? model.initial
  const change = (next: readonly string[]): void => {
    setScript(next)
    setAt(null)
  }
  const fault = error?.message ?? data?.fault ?? null
  return (
    <Stack gap="sm">
      <ModelDiagram
        model={model}
        picture={picture}
        current={current}
        fired={line?.fired ?? []}
        height="min(38vh, 34rem)"
      />
      <Replay label={models.simulation.steps} titles={titles} at={shown} onAt={setAt} />
      <SimulationControls
        model={model}
        states={current}
        lines={lines}
        script={script}
        onAct={(act) => change([...script, JSON.stringify(act)])}
      />
      {fault !== null && <Alert color="red">{fault}</Alert>}
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          disabled={script.length === 0}
          onClick={() => change(script.slice(0, -1))}
        >
          {models.simulation.undo}
        </Button>
        <Button size="compact-sm" variant="default" disabled={script.length === 0} onClick={() => change([])}>
          {models.simulation.again}
        </Button>
      </Group>
      {lines.length === 0 ? (
        <Text size="sm" c="dimmed">
          {models.simulation.text}
        </Text>
      ) : (
        <Steps lines={lines} shown={shown} onShow={setAt} />
      )}
      {line !== undefined && Object.keys(line.data).length > 0 && (
        <Box>
          <Text size="sm" fw={600}>
            {models.simulation.data}
          </Text>
          <Code block>{JSON.stringify(line.data, null, 2)}</Code>
        </Box>
      )}
    </Stack>
  )
}

interface StepsProps {
  readonly lines: readonly SimulationLine[]
  readonly shown: number
  readonly onShow: (at: number) => void
}

function Steps({ lines, shown, onShow }: StepsProps) {
  const { number, signal, outcome, states } = models.simulation.step
  return (
    <Box
      className="lines"
      mah="20rem"
      style={{ overflowY: 'auto' }}
      tabIndex={0}
      role="group"
      aria-label={models.simulation.steps}
    >
      <Table aria-label={models.simulation.steps}>
        <Table.Thead>
          <Table.Tr>
            {[number, signal, outcome, states].map((name) => (
              <Table.Th key={name}>{name}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line, index) => (
            <Table.Tr key={titleOf(line, index)} aria-current={index + 1 === shown ? 'step' : undefined}>
              <Table.Td>{index + 1}</Table.Td>
              <Table.Td>
                <Button
                  size="compact-sm"
                  variant={index + 1 === shown ? 'light' : 'subtle'}
                  onClick={() => onShow(index + 1)}
                >
                  {line.signal}
                </Button>
              </Table.Td>
              <Table.Td>
                <Badge color={line.outcome === 'fired' ? 'teal' : line.outcome === 'failed' ? 'red' : 'gray'}>
                  {line.outcome}
                </Badge>
                {(line.detail ?? line.reason) !== undefined && (
                  <Text size="xs" c="dimmed">
                    {line.detail ?? line.reason}
                  </Text>
                )}
                {line.emitted
                  .filter(({ due }) => due !== undefined)
                  .map(({ signal: type, due }) => (
                    <Text size="xs" c="dimmed" key={`${type} ${due}`}>
                      {models.simulation.due(type, due ?? '')}
                    </Text>
                  ))}
              </Table.Td>
              <Table.Td>{line.states.join(', ')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  )
}

function titleOf({ signal }: SimulationLine, index: number): string {
  return `${index} ${signal}`
}
