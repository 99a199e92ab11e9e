import type { ComboboxLikeRenderOptionInput, ComboboxItem, OptionsFilter } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { picker as words } from '#words/picker.ts'
import { useNames } from '../names.ts'
import { ChoiceLine } from './ChoiceLine.tsx'
import { useFound, type Pickable } from './useFound.ts'

/**
 * What a field for choosing one household or person, or several, needs of Mantine. What is found decides about the list: it is open
 * only while there is something in it, because an empty list says nothing to those who do not see it.
 * @param chosen ids that are chosen already: they are known to the field and not in its list, unless they are found
 */
export function usePicker(of: Pickable, chosen: readonly string[]) {
  const [typed, setTyped] = useState('')
  const [isOpen, setOpen] = useState(false)
  const { choices, isNothing } = useFound(of, typed)
  const nameOf = useNames(chosen)
  const found = new Map(choices.map((choice) => [choice.value, choice]))
  const known = chosen.filter((id) => !found.has(id)).map((id) => ({ value: id, label: nameOf(id) }))
  const filter: OptionsFilter = ({ options }) =>
    options.filter((option) => 'value' in option && found.has(String(option.value)))
  const description: ReactNode = <span aria-live="polite">{isNothing ? words.nothing : words.hints[of]}</span>
  return {
    setTyped,
    /** What is typed is what this one is called: nothing is left to choose. */
    isTyped: (id: string) => nameOf(id) === typed,
    close: () => setOpen(false),
    field: {
      data: [...known, ...choices.map(({ value, label }) => ({ value, label }))],
      filter,
      renderOption: ({ option }: ComboboxLikeRenderOptionInput<ComboboxItem>) => (
        <ChoiceLine {...(found.get(option.value) ?? { label: option.label, detail: null })} />
      ),
      description,
      searchable: true,
      searchValue: typed,
      dropdownOpened: isOpen && choices.length > 0,
      onDropdownOpen: () => setOpen(true),
      onDropdownClose: () => setOpen(false),
      // Within the dialog that the field stands in: what is beside it is not there for those who do not see it.
      comboboxProps: { withinPortal: false },
      maxDropdownHeight: 320,
      autoComplete: 'off',
    },
  }
}
