export const enrolmentTabs = ['waiting', 'claims', 'gateways'] as const

export const ticketStates = ['waiting', 'approved', 'refused', 'enrolled'] as const
