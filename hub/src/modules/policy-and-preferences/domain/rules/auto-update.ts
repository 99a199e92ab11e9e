import { resolve, sourceText } from '../preferences/matters.ts'
import { holds, never, nobody, type Rule } from '../rule.ts'
import { consentKey, isInstall } from '../situation.ts'
import { asked } from './asked.ts'

/** What policies and campaigns install by themselves. */
export const autoUpdate: Rule = {
  name: 'automatic updates',
  judge({ sources, delivery, consents }) {
    const said = resolve('autoUpdate', sources)
    if (said.value === undefined) return holds('nothing set: on', nobody)
    const source = sourceText(said)
    const { service, version } = delivery
    const setting = (service === null ? undefined : said.value.services?.[service]) ?? said.value.default ?? 'on'
    if (delivery.origin !== 'policy' && delivery.origin !== 'campaign')
      return holds(`${setting}; concerns only what policies and campaigns order`, source)
    if (!isInstall(delivery)) return holds(`${setting}; concerns only installs`, source)
    if (setting === 'on') return holds('on', source)
    if (setting === 'off') return never(`off: what a ${delivery.origin} orders is not installed`, source)
    const subject = { kind: 'update', target: `${service}@${version}` } as const
    return asked(subject, `the update of ${service} to ${version}`, consents.get(consentKey(subject)), source)
  },
}
