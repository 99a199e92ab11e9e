import { TextInput } from '@mantine/core'

interface NameFieldProps {
  readonly label: string
  readonly value: string
  /** What the hub says against it. */
  readonly fault: string | undefined
  readonly onChange: (name: string) => void
}

/** What something is called: the field of a form that is typed into first. */
export function NameField({ label, value, fault, onChange }: NameFieldProps) {
  return (
    <TextInput
      label={label}
      required
      data-autofocus
      value={value}
      error={fault}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
