import {
  IconAdjustments,
  IconBinaryTree,
  IconBooks,
  IconBuildingCommunity,
  IconChecklist,
  IconDevices,
  IconDevicesHeart,
  IconFlag,
  IconGavel,
  IconHome,
  IconKey,
  IconListCheck,
  IconPackages,
  IconListSearch,
  IconRoute,
  IconShoppingCart,
  IconStack2,
  IconTransfer,
  IconTruckDelivery,
  IconUsers,
  IconScale,
  IconSettings,
  type Icon,
} from '@tabler/icons-react'
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

/** Whose business is the running of the platform. */
const staff: readonly Role[] = ['operator', 'auditor']

const sections: readonly NavigationSection[] = [
  { label: shell.sections.home, items: [{ to: '/', label: shell.sections.home, icon: IconHome }] },
  {
    label: shell.pages.mine,
    items: [
      { to: '/mine', label: shell.pages.mine, icon: IconDevicesHeart, roles: ['subscriber'] },
      { to: '/mine/preferences', label: shell.pages.preferences, icon: IconAdjustments, roles: ['subscriber'] },
      { to: '/mine/consents', label: shell.pages.consents, icon: IconChecklist, roles: ['subscriber'] },
    ],
  },
  {
    label: shell.sections.fleet,
    items: [
      { to: '/devices', label: shell.pages.devices, icon: IconDevices, roles: staff },
      { to: '/households', label: shell.pages.households, icon: IconBuildingCommunity, roles: staff },
      { to: '/people', label: shell.pages.people, icon: IconUsers, roles: staff },
      { to: '/groups', label: shell.pages.groups, icon: IconStack2, roles: staff },
      {
        to: '/enrolments',
        label: shell.pages.enrolments,
        icon: IconKey,
        roles: staff,
        words: shell.pages.enrolmentsWords,
      },
      {
        to: '/operations',
        label: shell.pages.operations,
        icon: IconListCheck,
        roles: staff,
        words: shell.pages.operationsWords,
      },
      { to: '/imports', label: shell.pages.imports, icon: IconTransfer, roles: [...staff, 'sponsor'] },
    ],
  },
  {
    label: shell.sections.provisioning,
    items: [
      { to: '/orders', label: shell.pages.orders, icon: IconShoppingCart, roles: [...staff, 'sponsor', 'subscriber'] },
      { to: '/deliveries', label: shell.pages.deliveries, icon: IconTruckDelivery, roles: staff },
      {
        to: '/campaigns',
        label: shell.pages.campaigns,
        icon: IconFlag,
        roles: staff,
        words: shell.pages.campaignsWords,
      },
    ],
  },
  {
    label: shell.sections.services,
    items: [
      { to: '/services', label: shell.pages.services, icon: IconPackages, roles: ['operator', 'auditor', 'developer'] },
      { to: '/releases', label: shell.pages.releases, icon: IconGavel, roles: ['operator', 'auditor', 'developer'] },
      { to: '/catalogue', label: shell.pages.catalogue, icon: IconBooks, words: shell.pages.catalogueWords },
    ],
  },
  {
    label: shell.sections.engine,
    items: [
      {
        to: '/models',
        label: shell.pages.models,
        icon: IconBinaryTree,
        roles: ['operator', 'auditor', 'developer'],
        words: shell.pages.modelsWords,
      },
      { to: '/instances', label: shell.pages.instances, icon: IconRoute, roles: ['operator', 'auditor'] },
    ],
  },
  {
    label: shell.sections.system,
    items: [
      {
        to: '/policies',
        label: shell.pages.policies,
        icon: IconScale,
        roles: ['operator', 'auditor'],
        words: shell.pages.policiesWords,
      },
      {
        to: '/audit',
        label: shell.pages.audit,
        icon: IconListSearch,
        roles: ['operator', 'auditor'],
        words: shell.pages.auditWords,
      },
      {
        to: '/settings',
        label: shell.pages.settings,
        icon: IconSettings,
        words: shell.pages.settingsWords,
      },
    ],
  },
]

/** What the principal may go to. */
export function navigationFor(principal: Principal): NavigationSection[] {
  const visible = ({ roles }: NavigationItem): boolean => roles === undefined || hasRole(principal, ...roles)
  return sections
    .map(({ label, items }) => ({ label, items: items.filter(visible) }))
    .filter(({ items }) => items.length > 0)
}
