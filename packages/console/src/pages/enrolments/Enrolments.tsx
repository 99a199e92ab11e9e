import { Tabs } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { enrolments as words } from '#words/enrolments.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { Claims } from './Claims.tsx'
import { Gateways } from './Gateways.tsx'
import { enrolmentTabs } from './tabs.ts'
import { Waiting } from './Waiting.tsx'

const enrolmentsRoute = getRouteApi('/enrolments')

const panels = { waiting: Waiting, claims: Claims, gateways: Gateways }

/** How devices come in. */
export function Enrolments() {
  const { tab = 'waiting' } = enrolmentsRoute.useSearch()
  const navigate = enrolmentsRoute.useNavigate()
  const Panel = panels[tab]
  return (
    <>
      <PageHeader title={words.title} text={words.text} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) => void navigate({ search: { tab: (next ?? 'waiting') as keyof typeof panels } })}
      >
        <Tabs.List>
          {enrolmentTabs.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {words.tabs[each]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} pt="md">
          <Panel />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
