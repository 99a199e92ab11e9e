import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient, type QueryKey, type UseMutationResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'

interface Action<Input, Result> {
  readonly run: (input: Input) => Promise<Result>
  /** What has come of it, in a sentence, with a link where there is more to see; null says nothing. */
  readonly done: (result: Result, input: Input) => ReactNode
  /** What it has changed, to be read again. */
  readonly changes?: readonly QueryKey[]
  readonly onDone?: (result: Result, input: Input) => void
}

/** Something that changes the hub: says what has come of it. Where it failed, whoever started it shows `error` (parts/Fault.tsx). */
export function useAction<Input = void, Result = unknown>(
  action: Action<Input, Result>,
): UseMutationResult<Result, Error, Input> {
  const client = useQueryClient()
  return useMutation<Result, Error, Input>({
    mutationFn: action.run,
    async onSuccess(result, input) {
      const message = action.done(result, input)
      if (message !== null) notifications.show({ message, color: 'teal', withBorder: true })
      action.onDone?.(result, input)
      await Promise.all((action.changes ?? []).map((queryKey) => client.invalidateQueries({ queryKey })))
    },
  })
}
