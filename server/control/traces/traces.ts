import type { IncomingHttpHeaders } from 'node:http';
import type { Contract } from '../../contract/index.js';
import type { Exchange } from '../../http/index.js';
import { outlineOf } from '../journal/entry.js';
import { loadTelemetry } from './telemetry.js';

/** A span for each request that was answered, sent to a collector. */
export interface Traces {
  readonly observe: (exchange: Exchange) => void;
  /** Sends what waits. */
  readonly close: () => Promise<void>;
}

interface TracesOptions {
  readonly contracts: () => readonly Contract[];
  readonly version: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether the standard environment variables of OpenTelemetry ask for traces: they say where to, or with what, and neither
 * that there are to be none nor that nothing is to be done.
 */
export function tracesWanted(environment: Environment): boolean {
  const { OTEL_SDK_DISABLED, OTEL_TRACES_EXPORTER: exporters, ...others } = environment;
  if (OTEL_SDK_DISABLED?.toLowerCase() === 'true') return false;
  if (exporters) return exporters.split(',').some((name) => name.trim() === 'otlp');
  return Boolean(others.OTEL_EXPORTER_OTLP_ENDPOINT || others.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT);
}

/**
 * Spans by the semantic conventions for HTTP servers, written once a reply is on its way. Where to, how many and whose, the
 * environment says.
 *
 * @throws Error that says what to install, where a package of OpenTelemetry is missing.
 */
export async function createTraces({ contracts, version }: TracesOptions): Promise<Traces> {
  const { api, core, resources, sdk, exporter } = await loadTelemetry();
  const named = resources.resourceFromAttributes({ 'service.name': 'standin', 'service.version': version });
  const fromEnvironment = resources.detectResources({ detectors: [resources.envDetector] });
  const provider = new sdk.BasicTracerProvider({
    resource: named.merge(fromEnvironment),
    spanProcessors: [new sdk.BatchSpanProcessor(new exporter.OTLPTraceExporter())],
  });
  const tracer = provider.getTracer('standin', version);
  const propagator = new core.W3CTraceContextPropagator();
  const getter = {
    get: (headers: IncomingHttpHeaders, name: string) => headers[name],
    keys: (headers: IncomingHttpHeaders) => Object.keys(headers),
  };

  return {
    observe: (exchange) => {
      const { operation, method, headers, startMs } = exchange;
      const {
        url,
        api: name,
        status,
        reason,
        problem,
        example,
        session,
        durationMs,
      } = outlineOf(exchange, contracts());
      const [path, query] = splitUrl(url);
      const route = operation?.path;
      const span = tracer.startSpan(
        route === undefined ? method : `${method} ${route}`,
        {
          kind: api.SpanKind.SERVER,
          startTime: startMs,
          attributes: {
            'http.request.method': method,
            'http.response.status_code': status,
            'url.scheme': 'http',
            'url.path': path,
            'url.query': query,
            'http.route': route,
            'standin.api': name,
            'standin.operation': operation?.id,
            'standin.reason': reason,
            'standin.problem': problem,
            'standin.example': example,
            'standin.session': session === '' ? undefined : session,
          },
        },
        propagator.extract(api.ROOT_CONTEXT, headers, getter),
      );
      // To a server, a client's mistake is no error.
      if (status >= 500) span.setStatus({ code: api.SpanStatusCode.ERROR });
      span.end(startMs + durationMs);
    },
    close: () => provider.shutdown(),
  };
}

function splitUrl(url: string): [string, string | undefined] {
  const mark = url.indexOf('?');
  return mark === -1 ? [url, undefined] : [url.slice(0, mark), url.slice(mark + 1)];
}
