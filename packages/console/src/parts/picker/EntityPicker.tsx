import { Select } from '@mantine/core'
import type { Pickable } from './useFound.ts'
import { usePicker } from './usePicker.tsx'

interface EntityPickerProps {
  readonly of: Pickable
  readonly label: string
  /** Its id; empty = none. */
  readonly value: string
  readonly onChange: (id: string) => void
  readonly required?: boolean
  readonly error?: string | undefined
  /** Where the dialog that it stands in begins. */
  readonly isFirst?: boolean
}

/** Whole ids, for those that the caller may order for and not look up. */
const ids: Readonly<Record<Pickable, RegExp>> = {
  household: /^hh-[0-9a-z]{16,61}$/,
  person: /^usr-[0-9a-z]{16,60}$/,
}

/** Chooses a household or a person by what it is called. A whole id is taken as it is. */
export function EntityPicker({ of, value, onChange, isFirst = false, ...props }: EntityPickerProps) {
  const { setTyped, isTyped, field } = usePicker(of, value === '' ? [] : [value])
  return (
    <Select
      {...props}
      {...field}
      dropdownOpened={field.dropdownOpened && !isTyped(value)}
      value={value === '' ? null : value}
      onChange={(id) => onChange(id ?? '')}
      onSearchChange={(text) => {
        setTyped(text)
        if (text !== value && ids[of].test(text.trim())) onChange(text.trim())
      }}
      allowDeselect={false}
      clearable={props.required !== true}
      data-autofocus={isFirst || undefined}
    />
  )
}
