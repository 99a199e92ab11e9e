import { Autocomplete, Button, Group, Text } from '@mantine/core'
import { answer } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { devices } from '#words/devices.ts'
import { api } from '../api/client.ts'
import { fieldFaults } from './fieldFaults.ts'
import { unfinished } from './filter.ts'

interface FilterInputProps {
  readonly value: string | undefined
  readonly error?: Error | null
  readonly onApply: (filter: string | undefined) => void
}

/** A line in which a fleet is asked: offers the fields that there are, and shows at the line what is wrong with it. */
export function FilterInput({ value, error, onApply }: FilterInputProps) {
  const [typed, setTyped] = useState({ of: value, text: value ?? '' })
  const text = typed.of === value ? typed.text : (value ?? '')
  const write = (next: string): void => setTyped({ of: value, text: next })
  const { data } = useQuery({
    queryKey: ['filter-fields'],
    queryFn: async () => answer(await api.GET('/api/v1/devices/filter-fields')),
    staleTime: Infinity,
  })
  const [before, word] = unfinished(text)
  const fields = word === '' ? [] : (data?.fields ?? []).filter(({ name }) => name.includes(word) && name !== word)
  const about = new Map(fields.map(({ name, about: meaning }) => [before + name, meaning]))
  const faults = fieldFaults(error)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onApply(text.trim() === '' ? undefined : text.trim())
      }}
    >
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <Autocomplete
          style={{ flex: 1 }}
          label={devices.filter.label}
          description={devices.filter.hint}
          placeholder={devices.filter.placeholder}
          value={text}
          onChange={write}
          data={[...about.keys()]}
          filter={({ options }) => options}
          limit={12}
          selectFirstOptionOnChange={false}
          spellCheck={false}
          error={faults['#query/filter'] ?? faults['/selection/filter'] ?? faults['/filter']}
          renderOption={({ option }) => (
            <div>
              <Text size="sm">{option.value.slice(before.length)}</Text>
              <Text size="xs" c="dimmed">
                {about.get(option.value)}
              </Text>
            </div>
          )}
        />
        <Button type="submit" variant="default">
          {devices.filter.apply}
        </Button>
      </Group>
    </form>
  )
}
