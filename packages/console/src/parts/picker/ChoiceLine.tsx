import { Text } from '@mantine/core'

/** One of the things that can be chosen, with what tells it from others of its name. */
export function ChoiceLine({ label, detail }: { readonly label: string; readonly detail: string | null }) {
  return (
    <div>
      {label}
      {detail !== null && (
        <Text size="xs" c="dimmed">
          {detail}
        </Text>
      )}
    </div>
  )
}
