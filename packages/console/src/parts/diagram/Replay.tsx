import '@mantine/core/styles/Slider.css'
import { ActionIcon, Group, Slider, Text, Tooltip } from '@mantine/core'
import {
  IconChevronLeft,
  IconChevronRight,
  IconChevronsLeft,
  IconChevronsRight,
  IconPlayerPause,
  IconPlayerPlay,
} from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { models } from '#words/models.ts'

/** Between two steps while it plays, milliseconds: long enough to see what lit up. */
const beat = 900

interface ReplayProps {
  readonly label: string
  /** How each step is called, the first one first. */
  readonly titles: readonly string[]
  /** The step that is shown. */
  readonly at: number
  readonly onAt: (at: number) => void
}

/** Goes through steps one by one: by the slider (arrow keys, Home, End), by buttons, or by itself. */
export function Replay({ label, titles, at, onAt }: ReplayProps) {
  const last = titles.length - 1
  const [isPlaying, setPlaying] = useState(false)
  useEffect(() => {
    if (!isPlaying) return undefined
    const timer = setTimeout(() => (at < last ? onAt(at + 1) : setPlaying(false)), beat)
    return () => clearTimeout(timer)
  }, [isPlaying, at, last, onAt])
  const play = (): void => {
    if (!isPlaying && at >= last) onAt(0)
    setPlaying(!isPlaying)
  }
  const goTo = (to: number) => (): void => {
    setPlaying(false)
    onAt(Math.max(0, Math.min(last, to)))
  }
  if (last < 0) return null
  return (
    <div role="group" aria-label={label}>
      <Group gap={2} wrap="nowrap">
        <Tool label={models.replay.first} icon={IconChevronsLeft} onClick={goTo(0)} isOff={at <= 0} />
        <Tool label={models.replay.before} icon={IconChevronLeft} onClick={goTo(at - 1)} isOff={at <= 0} />
        <Tool
          label={isPlaying ? models.replay.pause : models.replay.play}
          icon={isPlaying ? IconPlayerPause : IconPlayerPlay}
          onClick={play}
          isOff={last === 0}
        />
        <Tool label={models.replay.next} icon={IconChevronRight} onClick={goTo(at + 1)} isOff={at >= last} />
        <Tool label={models.replay.last} icon={IconChevronsRight} onClick={goTo(last)} isOff={at >= last} />
        <Slider
          flex={1}
          mx="sm"
          min={0}
          max={Math.max(last, 1)}
          value={at}
          onChange={(to) => goTo(to)()}
          label={(to) => titles[to] ?? ''}
          thumbLabel={label}
          disabled={last === 0}
        />
      </Group>
      <Text size="sm" c="dimmed" className="figures">
        {titles[at]}
      </Text>
    </div>
  )
}

function Tool(props: { label: string; icon: typeof IconPlayerPlay; onClick: () => void; isOff: boolean }) {
  const { label, icon: Icon, onClick, isOff } = props
  return (
    <Tooltip label={label}>
      <ActionIcon onClick={onClick} aria-label={label} disabled={isOff}>
        <Icon size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}
