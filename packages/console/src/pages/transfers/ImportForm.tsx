import { Alert, Anchor, Button, Group, Input, NativeSelect, Stack, Text, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { transfers } from '#words/transfers.ts'
import { Fault } from '../../parts/Fault.tsx'
import { sendFile, type Imported } from './send-file.ts'

const words = transfers.imports
type Kind = keyof typeof words.kinds

/** Sends a file of many lines, says how far it is, and gives what became of each line. */
export function ImportForm({ kinds }: { kinds: readonly Kind[] }) {
  const client = useQueryClient()
  const [kind, setKind] = useState<Kind>(kinds[0]!)
  const [file, setFile] = useState<File | null>(null)
  const [told, setTold] = useState<{ lines: number; done?: Imported; error?: unknown } | null>(null)
  const isRunning = told !== null && told.done === undefined && told.error === undefined
  const send = async (chosen: File): Promise<void> => {
    setTold({ lines: 0 })
    try {
      const done = await sendFile(kind, chosen, (lines) => setTold({ lines }))
      setTold({ lines: done.lines.length, done })
    } catch (error) {
      setTold({ lines: 0, error })
    }
    await client.invalidateQueries({ queryKey: ['imports'] })
  }
  return (
    <section>
      <Title order={2} mb="xs">
        {words.title}
      </Title>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (file !== null) void send(file)
        }}
      >
        <Stack gap="sm" maw="46rem">
          <Group align="flex-end">
            <NativeSelect
              label={words.what}
              data={kinds.map((each) => ({ value: each, label: words.kinds[each] }))}
              value={kind}
              onChange={(event) => setKind(event.currentTarget.value as Kind)}
            />
            <Input.Wrapper label={words.file} id="import-file" required>
              <Input
                id="import-file"
                type="file"
                required
                accept=".csv,.ndjson,.jsonl,text/csv,application/x-ndjson"
                onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
              />
            </Input.Wrapper>
            <Button type="submit" loading={isRunning}>
              {words.run}
            </Button>
          </Group>
          <Text size="sm" c="dimmed">
            {words.columns[kind]} {words.consequence}
          </Text>
          <div aria-live="polite">
            {isRunning && <Text size="sm">{words.running(told.lines)}</Text>}
            <Fault error={told?.error} />
            {told?.done && <Result of={told.done} kind={kind} />}
          </div>
        </Stack>
      </form>
    </section>
  )
}

function Result({ of, kind }: { of: Imported; kind: Kind }) {
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([of.lines.join('\n')], { type: 'application/x-ndjson' }))
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [of])
  return (
    <Alert color={of.failed > 0 || of.problem !== null ? 'orange' : 'teal'}>
      <Text size="sm">{words.done(of.created, of.unchanged, of.failed)}</Text>
      {of.problem !== null && <Text size="sm">{of.problem}</Text>}
      <Anchor size="sm" href={address} download={`${kind}-results.ndjson`}>
        {words.results}
      </Anchor>
      <Text size="sm">{words.resultsText}</Text>
    </Alert>
  )
}
