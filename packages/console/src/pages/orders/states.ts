export const orderStates = [
  'acknowledged',
  'pending',
  'held',
  'inProgress',
  'assessingCancellation',
  'pendingCancellation',
  'completed',
  'partial',
  'failed',
  'cancelled',
  'rejected',
] as const

export const deliveryStates = ['planned', 'held', 'pending', 'accepted', 'confirmed', 'failed', 'cancelled'] as const
