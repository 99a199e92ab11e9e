import { Stack, Text } from '@mantine/core'
import type { Schemas } from '@sutler/client'
import { device as deviceWords } from '#words/device.ts'
import { RowLink } from './RowLink.tsx'
import { Time } from './Time.tsx'
import classes from './Explanation.module.css'

const words = deviceWords.explanation

/** Why something is as it is: the answer, and the chain of what led to it. */
export function Explanation({ of }: { of: Schemas['Explanation'] }) {
  return (
    <Stack gap="sm">
      <Text fw={600}>{of.answer}</Text>
      {of.now !== null && (
        <Text size="sm">
          {words.waits} {of.now.waitsFor}
          {of.now.until !== null && (
            <>
              {' '}
              ({words.until} <Time at={of.now.until} />)
            </>
          )}
        </Text>
      )}
      <ol className={classes['chain']}>
        {of.chain.map((link, index) => (
          <li key={`${index} ${link.sentence}`}>
            <Text size="sm">{link.sentence}</Text>
            <Text size="xs" c="dimmed">
              {link.at !== null && <Time at={link.at} />} <Refs refs={link.refs} />
            </Text>
          </li>
        ))}
      </ol>
      {of.next !== null && (
        <Text size="sm">
          <b>{words.next}:</b> {of.next}
        </Text>
      )}
    </Stack>
  )
}

function Refs({ refs }: { refs: Schemas['ExplanationLink']['refs'] }) {
  return (
    <>
      {refs.order !== undefined && (
        <RowLink to="order" id={refs.order}>
          {refs.order}
        </RowLink>
      )}{' '}
      {refs.campaign !== undefined && (
        <RowLink to="campaign" id={refs.campaign}>
          {refs.campaign}
        </RowLink>
      )}
    </>
  )
}
