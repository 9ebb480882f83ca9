/**
 * Sends spans and counts with OpenTelemetry's own exporters. The build bundles this file with them, so that nobody has to
 * install those packages; nothing else may import them.
 */
import { SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import type { HrTime } from '@opentelemetry/api';
import { OTLPMetricExporter as JsonMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtoMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter as JsonTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtoTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { detectResources, envDetector, hostDetector, resourceFromAttributes } from '@opentelemetry/resources';
import type { Resource } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { SpanAttributes, SpanData } from '../../reports/index.ts';
import type { OtlpTarget } from './environment.ts';

/** What a session has made so far, by names of the metrics. */
export interface Measured {
  readonly name: string;
  readonly description: string;
  /** Whether it only grows. */
  readonly grows: boolean;
  readonly read: () => readonly { readonly value: number; readonly attributes: SpanAttributes }[];
}

export interface Sender {
  /** Resolves to why it did not arrive. Undefined: it did. */
  send(spans: readonly SpanData[]): Promise<string | undefined>;
  /** The last counts. Resolves to why they did not arrive. */
  end(): Promise<string | undefined>;
}

export interface SenderOptions {
  readonly target: OtlpTarget;
  readonly version: string;
  /** Of one attempt. */
  readonly timeoutMs: number;
  readonly resourceOf: (program: string) => SpanAttributes;
  readonly measured: readonly Measured[];
}

const SERVICE = 'service.name';
const EVERY_MS = 10_000;

export function createSender({ target, version, timeoutMs, resourceOf, measured }: SenderOptions): Sender {
  const scope = { name: 'scope-trace', version };
  const base = baseResource();
  const resources = new Map<string, Resource>();
  const resourceFor = (program: string): Resource => {
    let known = resources.get(program);
    if (known === undefined) resources.set(program, (known = resourceFromAttributes(copy(resourceOf(program))).merge(base)));
    return known;
  };
  const optionsFor = (signal: 'traces' | 'metrics') => ({ timeoutMillis: timeoutMs, ...(target.url === undefined ? {} : { url: `${target.url}/v1/${signal}` }) });
  const exporter = target.protocols.traces === 'http/json' ? new JsonTraceExporter(optionsFor('traces')) : new ProtoTraceExporter(optionsFor('traces'));
  const meters = target.signals.metrics ? startMeters(base, optionsFor('metrics'), { target, version, measured, timeoutMs }) : undefined;
  return {
    send: (spans) => {
      if (!target.signals.traces) return Promise.resolve(undefined);
      return new Promise((resolve) => {
        exporter.export(spans.map((span) => toReadable(span, resourceFor(span.program), scope)), ({ code, error }) => {
          const failed: number = code;
          resolve(failed === 0 ? undefined : (error?.message ?? 'the collector refused it'));
        });
      });
    },
    end: async () => {
      const results = await Promise.allSettled([meters?.shutdown(), exporter.shutdown()]);
      const failed = results.find((result) => result.status === 'rejected');
      return failed === undefined ? undefined : String((failed.reason as Error | undefined)?.message ?? failed.reason);
    },
  };
}

/** `OTEL_RESOURCE_ATTRIBUTES` and `OTEL_SERVICE_NAME` come before what we know. */
function baseResource(): Resource {
  const machine = detectResources({ detectors: [hostDetector] });
  const given = detectResources({ detectors: [envDetector] });
  return resourceFromAttributes({ [SERVICE]: 'unknown_service:node' }).merge(machine).merge(given);
}

function startMeters(
  resource: Resource, options: { readonly url?: string; readonly timeoutMillis: number }, { target, version, measured, timeoutMs }: Omit<SenderOptions, 'resourceOf'>,
): MeterProvider {
  const exporter = target.protocols.metrics === 'http/json' ? new JsonMetricExporter(options) : new ProtoMetricExporter(options);
  const every = Number(process.env['OTEL_METRIC_EXPORT_INTERVAL']);
  const exportIntervalMillis = every >= 1 ? Math.floor(every) : EVERY_MS;
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis, exportTimeoutMillis: Math.min(exportIntervalMillis, timeoutMs) });
  const provider = new MeterProvider({ resource, readers: [reader] });
  const meter = provider.getMeter('scope-trace', version);
  for (const { name, description, grows, read } of measured) {
    const instrument = grows ? meter.createObservableCounter(name, { description }) : meter.createObservableGauge(name, { description });
    instrument.addCallback((result) => {
      for (const { value, attributes } of read()) result.observe(value, copy(attributes));
    });
  }
  return provider;
}

const KINDS = { internal: SpanKind.INTERNAL, server: SpanKind.SERVER } as const;

function toReadable(span: SpanData, resource: Resource, instrumentationScope: { readonly name: string; readonly version: string }): ReadableSpan {
  const { traceId, spanId, parentSpanId, startEpochMs, endEpochMs, error } = span;
  const own = { traceId, spanId, traceFlags: TraceFlags.SAMPLED };
  return {
    name: span.name,
    kind: KINDS[span.kind],
    spanContext: () => own,
    ...(parentSpanId === undefined ? {} : { parentSpanContext: { traceId, spanId: parentSpanId, traceFlags: TraceFlags.SAMPLED } }),
    startTime: toTime(startEpochMs),
    endTime: toTime(endEpochMs),
    duration: toTime(endEpochMs - startEpochMs),
    status: error === undefined ? { code: SpanStatusCode.UNSET } : { code: SpanStatusCode.ERROR, message: error },
    attributes: copy(span.attributes),
    events: span.events.map(({ name, atEpochMs, attributes }) => ({ name, time: toTime(atEpochMs), attributes: copy(attributes) })),
    links: span.links.map(({ traceId: trace, spanId: linked, attributes }) => ({
      context: { traceId: trace, spanId: linked, traceFlags: TraceFlags.SAMPLED }, attributes: copy(attributes),
    })),
    ended: true,
    resource,
    instrumentationScope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: span.droppedLinks,
  };
}

/** Seconds and nanoseconds. */
function toTime(ms: number): HrTime {
  const seconds = Math.floor(ms / 1000);
  return [seconds, Math.round((ms - seconds * 1000) * 1e6)];
}

function copy(attributes: SpanAttributes): Record<string, string | number | boolean | string[]> {
  return Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, typeof value === 'object' ? [...value] : value]));
}
