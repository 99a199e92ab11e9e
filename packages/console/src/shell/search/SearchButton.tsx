import { Button, Kbd, Text } from '@mantine/core'
import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { shell } from '#words/shell.ts'

const SearchPalette = lazy(() => import('./SearchPalette.tsx'))

/** Opens the search, as Ctrl+K does. */
export function SearchButton() {
  const [isOpen, { open, close }] = useDisclosure()
  useHotkeys([['mod+K', open]])
  return (
    <>
      <Button variant="default" fw={400} c="dimmed" leftSection={<IconSearch size={16} aria-hidden />} onClick={open}>
        {shell.search}
        <Text span ml="md" visibleFrom="sm" aria-hidden>
          <Kbd size="xs">Ctrl K</Kbd>
        </Text>
      </Button>
      <Suspense>{isOpen && <SearchPalette onClose={close} />}</Suspense>
    </>
  )
}
