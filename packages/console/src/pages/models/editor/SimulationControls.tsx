import { Button, Group, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import type { JsonObject, Model, SimulationLine } from '@sutler/engine'
import { useState } from 'react'
import { models } from '#words/models.ts'
import { jsonObject } from '../../../parts/jsonObject.ts'
import { exampleArguments, signalsOf } from '../../../parts/signals.ts'
import { runningChildren, runningTasks } from './simulation.ts'

interface ControlsProps {
  readonly model: Model
  readonly states: readonly string[]
  readonly lines: readonly SimulationLine[]
  readonly script: readonly string[]
  /** One line of the script. */
  readonly onAct: (act: JsonObject) => void
}

/** What somebody can do in a simulation: send signals, let time pass, say how tasks and subinstances end. */
export function SimulationControls({ model, states, lines, script, onAct }: ControlsProps) {
  const tasks = runningTasks(lines, script)
  const children = runningChildren(lines, script)
  return (
    <Stack gap="xs">
      <SendSignal model={model} states={states} onAct={onAct} />
      <Advance onAct={onAct} />
      {tasks.length > 0 && (
        <Ends
          title={models.simulation.tasks}
          names={tasks}
          end={(task, result) => onAct({ task, result })}
          fail={(task) => onAct({ task, error: 'failed' })}
        />
      )}
      {children.length > 0 && (
        <Ends
          title={models.simulation.children}
          names={children}
          end={(child, done) => onAct({ child, done })}
          fail={(child) => onAct({ child, failed: 'failed' })}
        />
      )}
    </Stack>
  )
}

function SendSignal({ model, states, onAct }: Pick<ControlsProps, 'model' | 'states' | 'onAct'>) {
  const { now, others } = signalsOf(model, states)
  const [picked, setPicked] = useState<string | null>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const signal = picked !== null && [...now, ...others].includes(picked) ? picked : (now[0] ?? others[0] ?? null)
  const text = typed ?? (signal === null ? '{}' : exampleArguments(model, signal))
  const args = jsonObject(text)
  if (signal === null) return <Text size="sm">{models.simulation.noSignals}</Text>
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (args === null) return
        onAct({ signal, args })
        setTyped(null)
        setPicked(null)
      }}
    >
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <Select
          size="xs"
          label={models.simulation.signal}
          data={[
            { group: models.simulation.canFire, items: now },
            { group: models.simulation.others, items: others },
          ].filter(({ items }) => items.length > 0)}
          value={signal}
          onChange={(next) => {
            setPicked(next)
            setTyped(null)
          }}
          allowDeselect={false}
          searchable
          flex={1}
        />
        <Textarea
          size="xs"
          label={models.simulation.arguments}
          value={text}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={args === null ? models.simulation.badJson : undefined}
          autosize
          minRows={1}
          maxRows={6}
          flex={2}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        />
        <Button size="xs" type="submit">
          {models.simulation.send}
        </Button>
      </Group>
    </form>
  )
}

function Advance({ onAct }: Pick<ControlsProps, 'onAct'>) {
  const [time, setTime] = useState('')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (time.trim() !== '') onAct({ advance: time.trim() })
      }}
    >
      <Group align="flex-end" gap="xs">
        <TextInput
          size="xs"
          label={models.simulation.advance}
          placeholder={models.simulation.advanceHint}
          value={time}
          onChange={(event) => setTime(event.currentTarget.value)}
          w="10rem"
        />
        <Button size="xs" variant="default" type="submit">
          {models.simulation.go}
        </Button>
      </Group>
    </form>
  )
}

interface EndsProps {
  readonly title: string
  readonly names: readonly string[]
  readonly end: (name: string, result: JsonObject) => void
  readonly fail: (name: string) => void
}

function Ends({ title, names, end, fail }: EndsProps) {
  const [text, setText] = useState('{}')
  const result = jsonObject(text)
  return (
    <div role="group" aria-label={title}>
      <Text size="xs" fw={600}>
        {title}
      </Text>
      <Group gap="xs" align="flex-end">
        <Textarea
          size="xs"
          label={models.simulation.result}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={result === null ? models.simulation.badJson : undefined}
          autosize
          minRows={1}
          maxRows={4}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        />
        {[...new Set(names)].map((name) => (
          <Group key={name} gap={4}>
            <Button size="xs" variant="default" disabled={result === null} onClick={() => result && end(name, result)}>
              {models.simulation.ends(name)}
            </Button>
            <Button size="xs" variant="subtle" color="red" onClick={() => fail(name)}>
              {models.simulation.fails(name)}
            </Button>
          </Group>
        ))}
      </Group>
    </div>
  )
}
