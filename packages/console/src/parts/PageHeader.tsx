import { Anchor, Box, Breadcrumbs, Group, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect, type ReactNode } from 'react'
import { shell } from '#words/shell.ts'

interface PageHeaderProps {
  readonly title: string
  /** What stands beside the title: a state, say. */
  readonly beside?: ReactNode
  readonly text?: ReactNode
  /** Pages above this one, the highest first. */
  readonly above?: readonly { readonly to: string; readonly label: string }[]
  /** What can be done here. */
  readonly children?: ReactNode
}

/** The head of a page; names the browser's window after it. */
export function PageHeader({ title, beside, text, above = [], children }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · ${shell.product}`
  }, [title])
  return (
    <Box component="header" mb="sm">
      {above.length > 0 && (
        <Breadcrumbs mb={4} separatorMargin={6}>
          {above.map(({ to, label }) => (
            <Anchor key={to} component={Link} to={to} size="sm">
              {label}
            </Anchor>
          ))}
        </Breadcrumbs>
      )}
      <Group justify="space-between" align="flex-start" gap="sm">
        <div>
          <Group gap="sm">
            <Title order={1} style={{ overflowWrap: 'anywhere' }}>
              {title}
            </Title>
            {beside}
          </Group>
          {text !== undefined && (
            <Text c="dimmed" size="sm" mt={4} maw="48rem" component="div">
              {text}
            </Text>
          )}
        </div>
        {children !== undefined && <Group gap="xs">{children}</Group>}
      </Group>
    </Box>
  )
}
