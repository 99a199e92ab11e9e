import { Skeleton, Stack, Text, Timeline } from '@mantine/core'
import type { Schemas } from '@sutler/client'
import { common } from '#words/common.ts'
import { Fault } from './Fault.tsx'
import { ExactTime, Time } from './Time.tsx'

/** Why something is as it is: the answer in a sentence, then how it came about, step by step. */
export function ExplanationView({
  explanation,
  error,
}: {
  explanation: Schemas['Explanation'] | undefined
  error: Error | null
}) {
  if (error) return <Fault error={error} />
  if (explanation === undefined) return <Skeleton height={120} />
  const { answer, chain, now, next } = explanation
  return (
    <Stack>
      <Text fw={600}>{answer}</Text>
      <Timeline bulletSize={14} lineWidth={2} active={chain.length}>
        {chain.map(({ at, sentence }, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- its place in the chain is what a link is known by
          <Timeline.Item key={place}>
            <Text size="sm">{sentence}</Text>
            {at !== null && (
              <Text size="xs" c="dimmed">
                <ExactTime at={at} />
              </Text>
            )}
          </Timeline.Item>
        ))}
      </Timeline>
      {now !== null && (
        <Text size="sm">
          {common.waitsFor(now.waitsFor)}
          {now.until !== null && (
            <>
              {` (${common.until} `}
              <Time at={now.until} />)
            </>
          )}
        </Text>
      )}
      {next !== null && <Text size="sm">{common.afterwards(next)}</Text>}
    </Stack>
  )
}
