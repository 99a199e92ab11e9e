import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { common } from '#words/common.ts'
import { Fault } from './Fault.tsx'

interface ConfirmProps {
  /** What is about to be done, as a question or a heading. */
  readonly title: string
  /** What will happen: to what, to how many, what cannot be undone. */
  readonly children: ReactNode
  /** The verb on the button. */
  readonly verb: string
  readonly isDangerous?: boolean
  /** A word to be typed first, for what cannot be undone. */
  readonly word?: string
  /** It cannot be done as things are; the text says why. */
  readonly isOff?: boolean
  readonly isPending: boolean
  readonly error: Error | null
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** Names the consequence before something is done. Stays open with what went wrong when it fails. */
export function Confirm({ title, children, verb, isDangerous = false, word, ...props }: ConfirmProps) {
  const [typed, setTyped] = useState('')
  return (
    <Modal opened onClose={props.onClose} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          props.onConfirm()
        }}
      >
        <Stack>
          <div>{children}</div>
          {word !== undefined && (
            <TextInput
              label={common.confirmBy(word)}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              autoComplete="off"
              data-autofocus
            />
          )}
          <Fault error={props.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              {common.cancel}
            </Button>
            <Button
              type="submit"
              color={isDangerous ? 'red.8' : undefined}
              loading={props.isPending}
              disabled={props.isOff === true || (word !== undefined && typed !== word)}
            >
              {verb}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
