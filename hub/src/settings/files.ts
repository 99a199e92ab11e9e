import { z } from 'zod'
import { count, size, text, time, type Setting } from './setting.ts'

/** Files of services: sent by developers, kept, signed, and sent to devices. */
export const filesSettings = {
  uploadLimit: {
    name: 'SUTLER_UPLOAD_LIMIT',
    standard: '4GiB',
    schema: size,
    description: 'Largest file of a service.',
  },
  uploadStallDeadline: {
    name: 'SUTLER_UPLOAD_STALL_DEADLINE',
    standard: '30s',
    schema: time,
    description: 'An upload of which nothing arrives for so long is given up.',
  },
  blobGrace: {
    name: 'SUTLER_BLOB_GRACE',
    standard: '24h',
    schema: time.refine((value) => value >= 3_600_000, 'must be at least 1h'),
    description:
      'How long a stored file that no version needs is kept: so long may pass between upload and publishing.',
  },
  blobRetention: {
    name: 'SUTLER_BLOB_RETENTION',
    standard: '30d',
    schema: time,
    description:
      'How long the files of a retired version are kept that no device is to have any more; then they are removed for good.',
  },
  patches: {
    name: 'SUTLER_PATCHES',
    standard: 'make',
    schema: z.enum(['make', 'none']),
    description: 'Whether this hub makes patches between the large files of versions: make or none.',
  },
  patchMemory: {
    name: 'SUTLER_PATCH_MEMORY',
    standard: '1GiB',
    schema: size,
    description:
      'Most memory of the process that makes a patch, one at a time. Files of 32 MiB take 0.6 GiB, of 128 MiB all of it; what does not fit is sent whole.',
  },
  downloads: {
    name: 'SUTLER_DOWNLOADS',
    standard: '256',
    schema: count,
    description: 'Most files sent to devices at once; others are asked to come back.',
  },
  downloadMinimumRate: {
    name: 'SUTLER_DOWNLOAD_MINIMUM_RATE',
    standard: '4KiB',
    schema: size,
    description: 'Per second: a device that reads a file more slowly is cut, and resumes later.',
  },
  signerSocket: {
    name: 'SUTLER_SIGNER_SOCKET',
    standard: null,
    schema: text,
    description:
      'Socket of a signer of online metadata that runs by itself (npm run signer), best as another user; without it the hub starts one.',
  },
} as const satisfies Record<string, Setting<unknown>>
