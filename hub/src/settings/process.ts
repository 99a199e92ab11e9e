import { z } from 'zod'
import { time, type Setting } from './setting.ts'

/** The process of the hub. */
export const processSettings = {
  logLevel: {
    name: 'SUTLER_LOG_LEVEL',
    standard: 'info',
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']),
    description: 'What is logged: debug, info, warn, error or silent.',
  },
  stopDeadline: {
    name: 'SUTLER_STOP_DEADLINE',
    standard: '10s',
    schema: time,
    description: 'How long each part of the hub may take to stop.',
  },
} as const satisfies Record<string, Setting<unknown>>
