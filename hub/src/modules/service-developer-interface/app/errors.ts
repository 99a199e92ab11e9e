import { errorCode } from '../../../platform/errors.ts'

export const uploadStalled = errorCode(
  'upload-stalled',
  408,
  'The upload came to a standstill',
  'Upload the file again; nothing of it was kept.',
)

export const uploadCut = errorCode(
  'upload-cut',
  400,
  'The connection broke before the upload was whole',
  'Upload the file again; nothing of it was kept.',
)
