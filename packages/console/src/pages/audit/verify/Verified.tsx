import { Alert, List, Text } from '@mantine/core'
import type { AuditVerdict } from '@sutler/trust/audit'
import { audit } from '#words/audit.ts'
import { CopyText } from '../../../parts/CopyText.tsx'
import { Facts } from '../../../parts/Facts.tsx'

const words = audit.verify
/** Unlike in lists it may break on a phone. */
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

/** What was verified, against which head, and what is wrong. */
export function Verified({ verdict }: { verdict: AuditVerdict }) {
  const { rows, digests, heads, since, until, signedAt, fingerprint, findings } = verdict
  const isWhole = findings.length === 0
  return (
    <Alert color={isWhole ? 'teal' : 'red'} title={isWhole ? words.whole : words.notWhole}>
      <Facts
        facts={[
          [words.facts.rows, words.rows(rows, digests)],
          [words.facts.since, since === null ? words.beginning : words.since(since)],
          [
            words.facts.until,
            until === null || signedAt === null ? (
              words.unsigned
            ) : (
              <span key="until">
                {words.until(until)}
                <time dateTime={signedAt}>{exact.format(new Date(signedAt))}</time>
              </span>
            ),
          ],
          [words.facts.heads, heads.toLocaleString('en')],
          ...(fingerprint === '' ? [] : [[words.facts.key, <CopyText key="key" text={fingerprint} />] as const]),
        ]}
      />
      {isWhole ? <Text size="sm">{words.wholeText}</Text> : <Findings label={words.findings} findings={findings} />}
    </Alert>
  )
}

export function Findings({ label, findings }: { label: string; findings: readonly string[] }) {
  return (
    <>
      <Text size="sm" fw={650}>
        {label}
      </Text>
      <List size="sm" aria-label={label}>
        {findings.map((each) => (
          <List.Item key={each}>{each}</List.Item>
        ))}
      </List>
    </>
  )
}
