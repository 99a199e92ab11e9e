import { useQuery } from '@tanstack/react-query'
import { common } from '#words/common.ts'
import { accountNameQuery } from '../api/people.ts'

/** A person or system by name, with the id on hover. @param id null = nobody @param nobody what to show then */
export function Who({ id, nobody = common.none }: { id: string | null; nobody?: string }) {
  return id === null ? <span>{nobody}</span> : <Named id={id} />
}

function Named({ id }: { id: string }) {
  const { data } = useQuery(accountNameQuery(id))
  return <span title={id}>{data ?? id}</span>
}
