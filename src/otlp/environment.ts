/** Where spans and metrics go: what the user asked for, and OpenTelemetry's own variables. */
import { EXIT } from '../exit-codes.ts';
import { Problem } from '../problem.ts';

/** @see {@link https://opentelemetry.io/docs/specs/otel/protocol/exporter/} */
export type OtlpProtocol = 'http/protobuf' | 'http/json';

export interface OtlpTarget {
  /** Absent: what the variables say, or else `http://localhost:4318`. */
  readonly url?: string;
  readonly protocols: { readonly traces: OtlpProtocol; readonly metrics: OtlpProtocol };
  /** `OTEL_TRACES_EXPORTER=none` and the like leave one of them out. */
  readonly signals: { readonly traces: boolean; readonly metrics: boolean };
  /** For people: where the spans go. */
  readonly shown: string;
}

const DEFAULT_URL = 'http://localhost:4318';
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * @param asked - the value of `--otlp`; true: without an address
 * @returns undefined: the environment has switched OpenTelemetry off
 * @throws {Problem} when a variable asks for what is not spoken here
 */
export function otlpTarget(asked: string | true, environment: Environment): OtlpTarget | undefined {
  if (environment['OTEL_SDK_DISABLED']?.toLowerCase() === 'true') return undefined;
  const protocols = { traces: protocolOf('TRACES', environment), metrics: protocolOf('METRICS', environment) };
  const signals = { traces: environment['OTEL_TRACES_EXPORTER'] !== 'none', metrics: environment['OTEL_METRICS_EXPORTER'] !== 'none' };
  if (!signals.traces && !signals.metrics) return undefined;
  const own = environment['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] ?? environment['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? DEFAULT_URL;
  return { ...(asked === true ? {} : { url: asked.replace(/\/+$/, '') }), protocols, signals, shown: withoutSecrets(asked === true ? own : asked) };
}

function protocolOf(signal: string, environment: Environment): OtlpProtocol {
  const name = [`OTEL_EXPORTER_OTLP_${signal}_PROTOCOL`, 'OTEL_EXPORTER_OTLP_PROTOCOL'].find((each) => (environment[each] ?? '') !== '');
  const value = name === undefined ? 'http/protobuf' : environment[name];
  if (value === 'http/protobuf' || value === 'http/json') return value;
  const what = value === 'grpc' ? 'asks for gRPC, which scope-trace does not speak' : `asks for ${JSON.stringify(value)}, which is no protocol of OTLP`;
  throw new Problem(`${String(name)} ${what}. Set it to http/protobuf or http/json: collectors listen for both, usually on port 4318.`, EXIT.usage);
}

/** An address may hold a password or a key. */
function withoutSecrets(url: string): string {
  try {
    const { origin, pathname } = new URL(url);
    return `${origin}${pathname === '/' ? '' : pathname}`;
  } catch {
    return url;
  }
}

/** Reads the value of `--otlp`. Undefined: it is no address. */
export function parseOtlpUrl(text: string): string | undefined {
  try {
    const { protocol } = new URL(text);
    return protocol === 'http:' || protocol === 'https:' ? text : undefined;
  } catch {
    return undefined;
  }
}
