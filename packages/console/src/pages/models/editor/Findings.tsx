import { Badge, Button, Group, Text, Title, UnstyledButton } from '@mantine/core'
import type { Diagnostic } from '@sutler/patterns/language'
import { models } from '#words/models.ts'
import classes from './workspace.module.css'

interface FindingsProps {
  /** Undefined until the text was read. */
  readonly diagnostics: readonly Diagnostic[] | undefined
  readonly onShow: (diagnostic: Diagnostic) => void
  readonly onWay: (way: NonNullable<Diagnostic['witness']>) => void
}

/** What is wrong with a pattern: each leads to its place in the text, and to the way there where it is about a set of states. */
export function Findings({ diagnostics, onShow, onWay }: FindingsProps) {
  const errors = diagnostics?.filter(({ severity }) => severity === 'error').length ?? 0
  const warnings = (diagnostics?.length ?? 0) - errors
  return (
    <section aria-label={models.editor.findings}>
      <Group gap="xs" mt="md" mb="xs" align="baseline">
        <Title order={2}>{models.editor.findings}</Title>
        <Text size="sm" c="dimmed" role="status">
          {diagnostics === undefined
            ? models.editor.reading
            : diagnostics.length === 0
              ? models.editor.sound
              : models.editor.count(errors, warnings)}
        </Text>
      </Group>
      {diagnostics !== undefined && diagnostics.length > 0 && (
        <ul className={classes['findings']}>
          {diagnostics.map((diagnostic) => {
            const { code, severity, message, range, witness = [] } = diagnostic
            return (
              <li key={`${range.start.offset} ${code} ${message}`}>
                <UnstyledButton className={classes['finding']} onClick={() => onShow(diagnostic)}>
                  <Badge color={severity === 'error' ? 'red' : 'yellow'} mr={8}>
                    {models.editor[severity]}
                  </Badge>
                  <Text span size="sm" c="dimmed" mr={8} className="figures">
                    {models.editor.line(range.start.line)}
                  </Text>
                  <span className={classes['message']}>{message}</span>
                </UnstyledButton>
                {witness.length > 0 && (
                  <Button size="compact-xs" variant="default" onClick={() => onWay(witness)}>
                    {models.editor.way}
                  </Button>
                )}
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}
