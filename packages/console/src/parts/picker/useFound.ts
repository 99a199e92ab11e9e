import { useDebouncedValue } from '@mantine/hooks'
import { answer, type Schemas } from '@sutler/client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { picker as words } from '#words/picker.ts'
import { api } from '../../api/client.ts'
import { useNames } from '../names.ts'

export type Pickable = 'household' | 'person'

interface Choice {
  readonly value: string
  readonly label: string
  /** What tells it from others of its name. */
  readonly detail: string | null
}

/** What the hub looks through: organisations are households, and a household is found by its devices, too. */
const kinds: Readonly<Record<Pickable, string>> = { household: 'household,device', person: 'user' }
/** Between the last key and the question to the hub, milliseconds. */
const rest = 200
/** The hub looks nothing up for less, characters. */
const shortest = 2

interface Found {
  readonly choices: readonly Choice[]
  /** The hub was asked for this text, and knows nothing. */
  readonly isNothing: boolean
}

/** What is called so. */
export function useFound(of: Pickable, typed: string): Found {
  const [asked] = useDebouncedValue(typed.trim(), rest)
  const isLong = asked.length >= shortest
  const found = useQuery({
    queryKey: ['search', asked, kinds[of]],
    queryFn: async ({ signal }) => {
      const query = { q: asked, kinds: kinds[of], limit: 10 }
      return answer(await api.GET('/api/v1/search', { params: { query }, signal })).groups
    },
    enabled: isLong,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
  const groups = isLong ? (found.data ?? []) : []
  const homes = groups.flatMap(({ kind, hits }) => (kind === 'device' ? hits.map(({ household }) => household) : []))
  const nameOf = useNames(homes)
  const choices = groups.flatMap((group) => choicesOf(group, nameOf))
  const first = new Map(choices.toReversed().map((choice) => [choice.value, choice]))
  return {
    choices: choices.filter((choice) => first.get(choice.value) === choice),
    isNothing: isLong && found.isSuccess && choices.length === 0,
  }
}

function choicesOf(
  { kind, hits }: Schemas['SearchAnswer']['groups'][number],
  nameOf: (id: string) => string,
): Choice[] {
  if (kind !== 'device') return hits.map(({ id, label, detail }) => ({ value: id, label, detail }))
  return hits.flatMap(({ household, label, detail }) =>
    household === null ? [] : [{ value: household, label: nameOf(household), detail: words.has(label, detail) }],
  )
}
