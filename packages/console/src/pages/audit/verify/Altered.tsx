import { Alert, Button, Code, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { audit } from '#words/audit.ts'
import { Fault } from '../../../parts/Fault.tsx'
import { Findings } from './Verified.tsx'
import { alterationOf, verify } from './verification.ts'

const words = audit.verify

/** Alters one row of this browser's copy, and shows what the verification says of it then. */
export function Altered({ copy }: { copy: Blob }) {
  const run = useMutation({
    mutationFn: async () => {
      const alteration = await alterationOf(copy)
      if (alteration === null) throw new Error(words.nothingToAlter)
      const { line, altered } = alteration
      const verdict = await verify(
        copy,
        null,
        () => undefined,
        (each) => (each === line ? altered : each),
      )
      return { alteration, verdict }
    },
  })
  return (
    <section>
      <Button variant="default" loading={run.isPending} onClick={() => run.mutate()}>
        {words.alter}
      </Button>
      <Text size="sm" c="dimmed" mt={4}>
        {words.alterHint}
      </Text>
      <div aria-live="polite">
        <Fault error={run.error} />
        {run.data && (
          <Alert color="yellow" title={words.alteredTitle} mt="sm">
            <Part label={words.was} text={run.data.alteration.was} />
            <Part label={words.became} text={run.data.alteration.became} />
            <Findings label={words.found} findings={run.data.verdict.findings} />
          </Alert>
        )}
      </div>
    </section>
  )
}

function Part({ label, text }: { label: string; text: string }) {
  return (
    <Text size="sm" component="div" mb="xs">
      {label}
      <Code
        block
        tabIndex={0}
        aria-label={label}
        style={{ maxHeight: '8rem', overflow: 'auto', whiteSpace: 'pre-wrap' }}
      >
        {text}
      </Code>
    </Text>
  )
}
