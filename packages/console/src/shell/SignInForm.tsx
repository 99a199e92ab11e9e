import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { shell } from '#words/shell.ts'
import { useLogIn } from '../api/session.ts'
import { Fault } from '../parts/Fault.tsx'

/** @param name whose session it was */
export function SignInForm({ name }: { name?: string }) {
  const logIn = useLogIn()
  const attempt = useMutation({
    mutationFn: ({ name: typed, password }: { name: string; password: string }) => logIn(typed, password),
  })
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    attempt.mutate({ name: String(form.get('name')), password: String(form.get('password')) })
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Fault error={attempt.error} />
        <TextInput
          name="name"
          label={shell.signIn.name}
          defaultValue={name}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          data-autofocus={name === undefined || undefined}
        />
        <PasswordInput
          name="password"
          label={shell.signIn.password}
          autoComplete="current-password"
          required
          withAsterisk={false}
          data-autofocus={name !== undefined || undefined}
        />
        <Button type="submit" loading={attempt.isPending}>
          {shell.signIn.submit}
        </Button>
        <Anchor href="/login" size="sm" target={name === undefined ? undefined : '_blank'} rel="noopener">
          {shell.signIn.otherWays}
        </Anchor>
      </Stack>
    </form>
  )
}
