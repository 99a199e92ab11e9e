import { Alert, Button, Group, Input, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { audit } from '#words/audit.ts'
import { Fault } from '../../../parts/Fault.tsx'
import { Altered } from './Altered.tsx'
import { Verified } from './Verified.tsx'
import { canVerify, readExport, verify } from './verification.ts'

const words = audit.verify
const fingerprint = /^[0-9a-f]{64}$/

/** Verifies the audit in this browser: the hub's as it is now, or an export that was kept. */
export function Verify() {
  const [what, setWhat] = useState<'hub' | 'file'>('hub')
  const [file, setFile] = useState<File | null>(null)
  const [key, setKey] = useState('')
  const [checked, setChecked] = useState(0)
  const run = useMutation({
    mutationFn: async () => {
      setChecked(0)
      const copy = what === 'file' && file !== null ? file : await readExport()
      const verdict = await verify(copy, key === '' ? null : key, setChecked)
      return { copy, verdict }
    },
  })
  if (!canVerify()) return <Alert>{words.noCrypto}</Alert>
  const keyFault = key === '' || fingerprint.test(key) ? null : words.noKey
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (keyFault === null) run.mutate()
  }
  return (
    <Stack gap="md" maw="52rem">
      <Text size="sm">{words.text}</Text>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Radio.Group label={words.what} value={what} onChange={(next) => setWhat(next as typeof what)}>
            <Group mt={4}>
              <Radio value="hub" label={words.whats.hub} />
              <Radio value="file" label={words.whats.file} />
            </Group>
          </Radio.Group>
          {what === 'file' && (
            <Input.Wrapper label={words.file} id="audit-export" required>
              <Input
                id="audit-export"
                type="file"
                required
                accept=".jsonl,application/x-ndjson"
                onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
              />
            </Input.Wrapper>
          )}
          <TextInput
            label={words.key}
            description={words.keyHint}
            value={key}
            onChange={(event) => setKey(event.currentTarget.value.trim())}
            error={keyFault}
          />
          <Group>
            <Button type="submit" loading={run.isPending}>
              {words.run}
            </Button>
          </Group>
        </Stack>
      </form>
      <div aria-live="polite">
        {run.isPending && <Text size="sm">{checked === 0 ? words.reading : words.checked(checked)}</Text>}
        <Fault error={run.error} />
        {run.data && <Verified verdict={run.data.verdict} />}
      </div>
      {run.data && run.data.verdict.findings.length === 0 && <Altered copy={run.data.copy} />}
    </Stack>
  )
}
