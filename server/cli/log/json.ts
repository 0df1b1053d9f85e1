import { pino } from 'pino';
import type { Outline } from '../../control/index.js';
import type { Sink } from './sink.js';

/** One JSON object a line, as pino writes them. */
export function createJsonLog(to: Sink): (outline: Outline) => void {
  const logger = pino({ base: null, timestamp: false, formatters: { level: (level) => ({ level }) } }, to);
  return ({ timeMs, durationMs, violations, ...outline }) =>
    logger.info({
      time: new Date(timeMs).toISOString(),
      ...outline,
      durationMs: Math.round(durationMs * 1000) / 1000,
      ...(violations && violations.length > 0 && { violations }),
    });
}
