import '@mantine/core/styles/Pill.css'
import '@mantine/core/styles/PillsInput.css'
import { MultiSelect } from '@mantine/core'
import type { Pickable } from './useFound.ts'
import { usePicker } from './usePicker.tsx'

interface EntitiesPickerProps {
  readonly of: Pickable
  readonly label: string
  /** Ids. */
  readonly value: readonly string[]
  readonly onChange: (ids: string[]) => void
  readonly required?: boolean
  readonly error?: string | undefined
  /** Where the dialog that it stands in begins. */
  readonly isFirst?: boolean
}

/** Chooses several households or people by what they are called. */
export function EntitiesPicker({ of, value, onChange, isFirst = false, ...props }: EntitiesPickerProps) {
  const { setTyped, close, field } = usePicker(of, value)
  return (
    <MultiSelect
      {...props}
      {...field}
      value={[...value]}
      onChange={(chosen) => {
        onChange(chosen)
        setTyped('')
        close()
      }}
      onSearchChange={setTyped}
      hidePickedOptions
      data-autofocus={isFirst || undefined}
    />
  )
}
