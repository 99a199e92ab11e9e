import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { shell } from '#words/shell.ts'
import { Empty } from '../parts/Empty.tsx'

export function NotFound() {
  return (
    <Empty order={1} title={shell.notFound.title} text={shell.notFound.text}>
      <Anchor component={Link} to="/">
        {shell.notFound.home}
      </Anchor>
    </Empty>
  )
}
