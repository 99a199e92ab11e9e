import { Combobox, InputBase, Modal, ScrollArea, Text, useCombobox } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { shell } from '#words/shell.ts'
import { usePrincipal } from '../../api/session.ts'
import { navigationFor } from '../navigation.ts'

/** One line to find anything by: pages, and what the hub knows. */
export default function SearchPalette({ onClose }: { onClose: () => void }) {
  const principal = usePrincipal()
  const navigate = useNavigate()
  const [query, setQuery] = useState('')
  const combobox = useCombobox({ opened: true })
  const wanted = query.trim().toLowerCase()
  const pages = navigationFor(principal)
    .flatMap(({ items }) => items)
    .filter(({ label, words = '' }) => `${label} ${words}`.toLowerCase().includes(wanted))
  return (
    <Modal opened onClose={onClose} withCloseButton={false} padding={0} size="lg" yOffset="10vh" centered={false}>
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
            aria-label={shell.search}
            placeholder={shell.searchHint}
            value={query}
            data-autofocus
            onChange={(event) => {
              setQuery(event.currentTarget.value)
              combobox.updateSelectedOptionIndex()
            }}
          />
        </Combobox.EventsTarget>
        <Combobox.Options p="xs" style={{ borderTop: '1px solid var(--sutler-line)' }}>
          <ScrollArea.Autosize mah="60vh">
            <Combobox.Group label={shell.searchPages}>
              {pages.map(({ to, label, icon: Icon }) => (
                <Combobox.Option key={to} value={to}>
                  <Icon size={16} style={{ verticalAlign: '-3px', marginRight: 8 }} aria-hidden />
                  {label}
                </Combobox.Option>
              ))}
            </Combobox.Group>
            {pages.length === 0 && (
              <Text size="sm" c="dimmed" p="sm">
                {shell.searchNothing(query)}
              </Text>
            )}
          </ScrollArea.Autosize>
        </Combobox.Options>
      </Combobox>
    </Modal>
  )
}
