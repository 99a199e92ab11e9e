import { resolve, sourceText } from '../preferences/matters.ts'
import { holds, later, nobody, type Judgement, type Rule } from '../rule.ts'
import { isInstall, type Situation } from '../situation.ts'
import { nextMonth } from '../windows/months.ts'

/** Installs over a link that costs by the byte, as the device last described its link; one that says nothing has no such link. */
export const metered: Rule = {
  name: 'metered link',
  judge(situation) {
    const { sources, network, delivery } = situation
    const said = resolve('metered', sources)
    if (said.value === undefined) return holds('no limit set', nobody)
    const source = sourceText(said)
    if (said.value === 'any') return holds('explicitly no limit', source)
    if (!isInstall(delivery)) return holds('only installs are limited', source)
    if (network === null) return holds('the device does not say that its link is metered', source)
    if (!network.metered) return holds(`the link (${network.type}) is not metered`, source)
    if (said.value === 'unmetered-only')
      return later(null, `only over unmetered links, and the device is on a metered one (${network.type})`, source)
    return withinLimits(situation, said.value, source)
  },
}

function withinLimits(
  { now, zone, delivery, meteredThisMonth }: Situation,
  { perDelivery, perMonth }: { perDelivery?: number | undefined; perMonth?: number | undefined },
  source: string,
): Judgement {
  const size = bytesText(delivery.bytes)
  if (perDelivery !== undefined && delivery.bytes > perDelivery)
    return later(
      null,
      `${size} are more than the ${bytesText(perDelivery)} of one delivery over a metered link`,
      source,
    )
  if (perMonth === undefined) return holds(`${size}, within the limit of one delivery`, source)
  const left = perMonth - meteredThisMonth
  if (delivery.bytes <= left)
    return holds(`${size}, of ${bytesText(perMonth)} a month ${bytesText(left)} are left`, source)
  const detail = `${size} are more than the ${bytesText(Math.max(0, left))} left of ${bytesText(perMonth)} this month`
  // It will never fit; but the link may become another.
  return later(delivery.bytes > perMonth ? null : nextMonth(now, zone.name), detail, source)
}

const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB']

/** For people: at most one digit after the point. */
export function bytesText(bytes: number): string {
  const power = Math.min(bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3), units.length - 1)
  return `${Number((bytes / 1000 ** power).toFixed(1))} ${units[power]}`
}
