import { errorCode } from '../../../platform/errors.ts'

export const groupNameTaken = errorCode(
  'group-name-taken',
  409,
  'Another group has that name',
  'Take another name, or change the group that has it (GET /api/v1/groups).',
)

export const groupInUse = errorCode(
  'group-in-use',
  409,
  'Something depends on the group',
  'End or change what depends on it, which the detail names; then delete the group.',
)

export const wrongGroupKind = errorCode(
  'wrong-group-kind',
  409,
  'That cannot be done with a group of this kind',
  'A static group has members that are added and removed; a live group has a filter.',
)

export const unknownDevices = errorCode(
  'unknown-devices',
  422,
  'The request names devices that do not exist',
  'Use ids of existing devices (GET /api/v1/devices).',
)

export const unknownGroup = errorCode(
  'unknown-group',
  422,
  'The request names a group that does not exist',
  'Use the id of an existing group (GET /api/v1/groups), or make one first.',
)
