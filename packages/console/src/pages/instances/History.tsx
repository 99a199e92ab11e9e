import { ActionIcon, Badge, Box, Button, Code, Skeleton, Table, Text, Title } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { Fragment, useState } from 'react'
import { instances } from '#words/instances.ts'
import { Fault } from '../../parts/Fault.tsx'
import { ExactTime } from '../../parts/Time.tsx'
import { Who } from '../../parts/Who.tsx'
import { addressOf } from './address.ts'
import { InstanceLink } from './InstanceParts.tsx'
import type { Entry } from './useInstance.ts'
import { Lines } from '../../parts/Lines.tsx'

const words = instances.history

interface HistoryProps {
  readonly model: string
  readonly id: string
  /** Newest first. */
  readonly entries: readonly Entry[]
  readonly error: Error | null
  readonly isLoading: boolean
  /** The entry that the diagram shows; undefined = now. */
  readonly shown: number | undefined
  readonly onShow: (entry: number) => void
  readonly onMore?: () => void
}

/** Every step of an instance, with what it did. */
export function History({ model, id, entries, error, isLoading, shown, onShow, onMore }: HistoryProps) {
  return (
    <section aria-label={words.title}>
      <Title order={2} mt="xl" mb="xs">
        {words.title}
      </Title>
      <Fault error={error} />
      {isLoading ? (
        <Skeleton height="12rem" />
      ) : entries.length === 0 ? (
        <Text c="dimmed" size="sm">
          {words.nothing}
        </Text>
      ) : (
        <Lines label={words.label}>
          <Table aria-label={words.label}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.columns.step}</Table.Th>
                <Table.Th className="wide">{words.columns.at}</Table.Th>
                <Table.Th>{words.columns.signal}</Table.Th>
                <Table.Th>{words.columns.outcome}</Table.Th>
                <Table.Th>{words.columns.states}</Table.Th>
                <Table.Th className="wide">{words.columns.from}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {entries.map((entry) => (
                <Line
                  key={entry.entry}
                  entry={entry}
                  isShown={entry.entry === shown}
                  isOwn={(url) => {
                    const address = addressOf(url)
                    return address?.model === model && address.id === id
                  }}
                  onShow={() => onShow(entry.entry)}
                />
              ))}
            </Table.Tbody>
          </Table>
        </Lines>
      )}
      {onMore && (
        <Button variant="default" size="xs" mt="sm" onClick={onMore}>
          {words.more}
        </Button>
      )}
    </section>
  )
}

interface LineProps {
  readonly entry: Entry
  readonly isShown: boolean
  readonly isOwn: (url: string) => boolean
  readonly onShow: () => void
}

const colours: Readonly<Record<string, string>> = { fired: 'teal', failed: 'red', rejected: 'red', operated: 'grape' }

function Line({ entry, isShown, isOwn, onShow }: LineProps) {
  const [isOpen, setOpen] = useState(false)
  const { at, type, outcome, reason, detail, fired, states, from } = entry
  return (
    <Fragment>
      <Table.Tr
        aria-current={isShown ? 'step' : undefined}
        {...(isShown && { bg: 'var(--mantine-color-petrol-light)' })}
      >
        <Table.Td>
          <Button size="compact-xs" variant="default" onClick={onShow} aria-label={words.show(entry.entry)}>
            {entry.entry}
          </Button>
        </Table.Td>
        <Table.Td className="wide">
          <ExactTime at={at} />
        </Table.Td>
        <Table.Td>
          <ActionIcon
            size="sm"
            aria-label={words.details(entry.entry)}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
            mr={4}
          >
            {isOpen ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
          </ActionIcon>
          {type}
        </Table.Td>
        <Table.Td>
          <Badge color={colours[outcome] ?? 'gray'}>{outcome}</Badge>
          <Text span size="xs" c="dimmed" ml={6}>
            {outcome === 'fired' ? fired.join(', ') : [reason, detail].filter(Boolean).join(': ')}
          </Text>
        </Table.Td>
        <Table.Td>{states.join(', ')}</Table.Td>
        <Table.Td className="wide">
          <From from={from} isOwn={isOwn} />
        </Table.Td>
      </Table.Tr>
      {isOpen && (
        <Table.Tr>
          <Table.Td colSpan={6}>
            <Details entry={entry} />
          </Table.Td>
        </Table.Tr>
      )}
    </Fragment>
  )
}

function From({ from, isOwn }: { from: string; isOwn: (url: string) => boolean }) {
  if (from.startsWith('model:')) return isOwn(from) ? null : <InstanceLink url={from} />
  if (/^(?:usr|key)-/.test(from)) return <Who id={from} />
  return <>{from}</>
}

function Details({ entry: { args, data, effects } }: { entry: Entry }) {
  const parts: readonly (readonly [string, unknown])[] = [
    [words.args, args],
    [words.effects, effects],
    [words.dataAfter, data],
  ]
  return parts
    .filter(([, value]) => value !== null && Object.keys(value as object).length > 0)
    .map(([title, value]) => (
      <Box key={title} mb="xs">
        <Text size="xs" fw={600}>
          {title}
        </Text>
        <Code block tabIndex={0} style={{ maxHeight: '14rem', overflow: 'auto' }}>
          {JSON.stringify(value, null, 2)}
        </Code>
      </Box>
    ))
}
