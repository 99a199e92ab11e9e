import { Combobox, InputBase, Loader, Modal, ScrollArea, Text, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { shell } from '#words/shell.ts'
import { usePrincipal } from '../../api/session.ts'
import { Fault } from '../../parts/Fault.tsx'
import { navigationFor } from '../navigation.ts'
import { hitsFor, pageOf, shortest } from './hits.ts'

/** Between the last key and the question to the hub, milliseconds. */
const rest = 150

/** One line to find anything by: pages, and what the hub knows. */
export default function SearchPalette({ onClose }: { onClose: () => void }) {
  const principal = usePrincipal()
  const navigate = useNavigate()
  const [query, setQuery] = useState('')
  const combobox = useCombobox({ opened: true })
  const wanted = query.trim().toLowerCase()
  const [asked] = useDebouncedValue(wanted, rest)
  const hits = useQuery(hitsFor(asked))
  const pages = navigationFor(principal)
    .flatMap(({ items }) => items)
    .filter(({ label, words = '' }) => `${label} ${words}`.toLowerCase().includes(wanted))
  const groups = wanted.length >= shortest ? (hits.data?.groups ?? []) : []
  const isWaiting = wanted.length >= shortest && (hits.isFetching || asked !== wanted)
  // Enter takes the first line without a key before it.
  const first = pages[0]?.to ?? groups[0]?.hits[0]?.id
  useEffect(() => {
    if (first !== undefined && wanted !== '') combobox.selectFirstOption()
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the store is a new object at each turn
  }, [first, wanted])
  const isNothing = pages.length === 0 && groups.length === 0 && !isWaiting && hits.error === null
  return (
    <Modal
      opened
      onClose={onClose}
      attributes={{ content: { 'aria-label': shell.search } }}
      withCloseButton={false}
      padding={0}
      size="lg"
      yOffset="10vh"
      centered={false}
    >
      <Combobox
        store={combobox}
        withinPortal={false}
        onOptionSubmit={(to) => {
          onClose()
          void navigate({ to })
        }}
      >
        <Combobox.EventsTarget>
          <InputBase
            size="md"
            variant="unstyled"
            px="md"
            leftSection={<IconSearch size={18} aria-hidden />}
            rightSection={isWaiting && <Loader size="xs" />}
            aria-label={shell.search}
            placeholder={shell.searchHint}
            value={query}
            maxLength={128}
            data-autofocus
            onChange={(event) => {
              setQuery(event.currentTarget.value)
              combobox.resetSelectedOption()
            }}
          />
        </Combobox.EventsTarget>
        <Combobox.Options p="xs" aria-label={shell.search} style={{ borderTop: '1px solid var(--sutler-line)' }}>
          <ScrollArea.Autosize mah="60vh">
            {pages.length > 0 && (
              <Combobox.Group label={shell.searchPages}>
                {pages.map(({ to, label, icon: Icon }) => (
                  <Combobox.Option key={to} value={to}>
                    <Icon size={16} style={{ verticalAlign: '-3px', marginRight: 8 }} aria-hidden />
                    {label}
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            )}
            {groups.map(({ kind, hits: found }) => (
              <Combobox.Group key={kind} label={shell.searchKinds[kind] ?? kind}>
                {found.map((hit) => (
                  <Combobox.Option key={hit.id} value={pageOf(kind, hit)}>
                    {hit.label}
                    <Text span size="xs" ml="xs">
                      {hit.detail ?? ''}
                    </Text>
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            ))}
          </ScrollArea.Autosize>
        </Combobox.Options>
        <div aria-live="polite">
          <Fault error={hits.error} />
          {isNothing && (
            <Text size="sm" c="dimmed" p="md">
              {shell.searchNothing(query)}
            </Text>
          )}
        </div>
      </Combobox>
    </Modal>
  )
}
