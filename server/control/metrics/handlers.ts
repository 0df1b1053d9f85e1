import type { Handlers } from '../handler.js';
import { missing } from '../missing.js';
import type { Metrics } from './metrics.js';

/** What monitoring asks for. */
export function metricsHandlers(metrics: Metrics | undefined): Handlers {
  return {
    readMetrics: async () => {
      if (!metrics) return missing('nothing is counted; start standin without --no-metrics');
      const { text, contentType } = await metrics.read();
      return {
        stream: (response) => {
          response.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-store' }).end(text);
        },
      };
    },
  };
}
