import { NativeSelect } from '@mantine/core'
import { fleet } from '#words/fleet.ts'

interface ListChoiceProps {
  readonly label: string
  readonly value: string | undefined
  readonly choices: readonly (readonly [value: string, label: string])[]
  readonly onChange: (value: string | undefined) => void
}

/** Narrows a list by one of a few values. */
export function ListChoice({ label, value, choices, onChange }: ListChoiceProps) {
  return (
    <NativeSelect
      label={label}
      size="xs"
      w={160}
      data={[{ value: '', label: fleet.all }, ...choices.map(([choice, name]) => ({ value: choice, label: name }))]}
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : currentTarget.value)}
    />
  )
}
