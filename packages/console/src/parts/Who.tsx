import { useQuery } from '@tanstack/react-query'
import { common } from '#words/common.ts'
import { accountNameQuery } from '../api/people.ts'

/** People, and systems with a key of their own. */
const hasAccount = /^(?:usr|key)-/

/**
 * A person or system by name, with the id on hover; of what has no account, such as a device, the id.
 * @param id null = nobody
 * @param nobody what to show then
 */
export function Who({ id, nobody = common.none }: { id: string | null; nobody?: string }) {
  if (id === null) return <span>{nobody}</span>
  return hasAccount.test(id) ? <Named id={id} /> : <span>{id}</span>
}

function Named({ id }: { id: string }) {
  const { data } = useQuery(accountNameQuery(id))
  return <span title={id}>{data ?? id}</span>
}
