import { Badge, List } from '@mantine/core'
import type { Schemas } from '@sutler/client'
import { policies } from '#words/policies.ts'

/** The parts of `if`, each with whether it held and what it read. */
export function Clauses({ clauses }: { clauses: Schemas['PolicyFiring']['clauses'] }) {
  return (
    <List size="sm" listStyleType="none">
      {clauses.map(({ source, held, detail }) => (
        <List.Item key={source}>
          <Badge color={held ? 'teal' : 'gray'} mr={6}>
            {held ? policies.trial.heldClause : policies.trial.notHeld}
          </Badge>
          <code>{source}</code> {detail !== '' && <span>({detail})</span>}
        </List.Item>
      ))}
    </List>
  )
}
