import { pino, type Logger } from 'pino';

export type { Logger };

/** The process's logger. Nothing that a patient said or that a chart holds is ever logged: calls have a record for that. */
export const log: Logger = pino({
  name: 'asterism',
  level: process.env['ASTERISM_LOG_LEVEL'] ?? 'warn',
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
});
