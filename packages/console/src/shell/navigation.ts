import {
  IconAdjustments,
  IconBinaryTree,
  IconBooks,
  IconChecklist,
  IconDevicesHeart,
  IconGavel,
  IconHome,
  IconPackages,
  IconRoute,
  type Icon,
} from '@tabler/icons-react'
import { catalogue } from '#words/catalogue.ts'
import { engine } from '#words/engine.ts'
import { mine } from '#words/mine.ts'
import { services } from '#words/services.ts'
import { shell } from '#words/shell.ts'
import { hasRole, type Principal, type Role } from '../api/session.ts'

export interface NavigationItem {
  readonly to: string
  readonly label: string
  readonly icon: Icon
  /** Who has it; absent = everybody. */
  readonly roles?: readonly Role[]
  /** Further words by which it is found. */
  readonly words?: string
}

export interface NavigationSection {
  readonly label: string
  readonly items: readonly NavigationItem[]
}

const sections: readonly NavigationSection[] = [
  { label: shell.sections.home, items: [{ to: '/', label: shell.sections.home, icon: IconHome }] },
  {
    label: mine.title,
    items: [
      { to: '/mine', label: mine.title, icon: IconDevicesHeart, roles: ['subscriber'] },
      { to: '/mine/preferences', label: mine.preferences.title, icon: IconAdjustments, roles: ['subscriber'] },
      { to: '/mine/consents', label: mine.consents.title, icon: IconChecklist, roles: ['subscriber'] },
    ],
  },
  { label: shell.sections.fleet, items: [] },
  { label: shell.sections.provisioning, items: [] },
  {
    label: shell.sections.services,
    items: [
      { to: '/services', label: services.title, icon: IconPackages, roles: ['operator', 'auditor', 'developer'] },
      { to: '/releases', label: services.releases.title, icon: IconGavel, roles: ['operator', 'auditor', 'developer'] },
      { to: '/catalogue', label: catalogue.title, icon: IconBooks, words: 'order services' },
    ],
  },
  {
    label: shell.sections.engine,
    items: [
      {
        to: '/models',
        label: engine.models,
        icon: IconBinaryTree,
        roles: ['operator', 'auditor', 'developer'],
        words: engine.modelsWords,
      },
      { to: '/instances', label: engine.instances, icon: IconRoute, roles: ['operator', 'auditor'] },
    ],
  },
  { label: shell.sections.system, items: [] },
]

/** What the principal may go to. */
export function navigationFor(principal: Principal): NavigationSection[] {
  const visible = ({ roles }: NavigationItem): boolean => roles === undefined || hasRole(principal, ...roles)
  return sections
    .map(({ label, items }) => ({ label, items: items.filter(visible) }))
    .filter(({ items }) => items.length > 0)
}
