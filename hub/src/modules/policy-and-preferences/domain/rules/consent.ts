import { everyWord, type Speaker } from '../preferences/matters.ts'
import { holds, nobody, type Judgement, type Rule } from '../rule.ts'
import { consentKey, isInstall, type ConsentSubject, type Situation } from '../situation.ts'
import { asked } from './asked.ts'

/** What somebody of the household must have agreed to. What each source wants asked adds up: a limit anybody sets is a limit. */
export const consent: Rule = {
  name: 'consent',
  judge(situation) {
    const wanted = wantedOf(situation)
    if (wanted.length === 0) return holds('none needed', nobody)
    if (!isInstall(situation.delivery)) return holds('only installs need consent', nobody)
    const judged = wanted.map(({ subject, source }) => {
      const what = subject.kind === 'service' ? subject.target : `services of the category ${subject.target}`
      return asked(subject, what, situation.consents.get(consentKey(subject)), `the ${source}`)
    })
    return strictest(judged)
  },
}

/** What must be agreed to for this service, each with who wants that first. */
function wantedOf({ sources, delivery, service }: Situation): { subject: ConsentSubject; source: Speaker }[] {
  const wanted = new Map<string, { subject: ConsentSubject; source: Speaker }>()
  for (const { source, value } of everyWord('consent', sources)) {
    const subjects: ConsentSubject[] = [
      ...(value.services ?? [])
        .filter((id) => id === delivery.service)
        .map((target) => ({ kind: 'service' as const, target })),
      ...(value.categories ?? [])
        .filter((category) => service?.categories.includes(category))
        .map((target) => ({ kind: 'category' as const, target })),
    ]
    for (const subject of subjects)
      if (!wanted.has(consentKey(subject))) wanted.set(consentKey(subject), { subject, source })
  }
  return [...wanted.values()]
}

/** All must be agreed to: one that is declined refuses, one that is open holds. Everything open is asked at once. */
function strictest(judged: readonly Judgement[]): Judgement {
  const refused = judged.find(({ verdict }) => verdict === 'never')
  if (refused) return refused
  const open = judged.filter(({ verdict }) => verdict === 'later')
  const [first] = open
  if (first === undefined) return { ...judged[0]!, detail: judged.map(({ detail }) => detail).join('; ') }
  return { ...first, detail: open.map(({ detail }) => detail).join('; '), asks: open.flatMap(({ asks }) => asks ?? []) }
}
