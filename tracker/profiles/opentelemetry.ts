import type { Profile } from './profile.ts';

/** A list that every span of the SDK has for itself, and those have not that record nothing. */
const END = ['SpanImpl.prototype.end', 'Span.prototype.end'].map((method) => ({ method, carrier: 'this.events' }));

/**
 * A span that is never ended is never exported, with no word about it; ending one twice is a mistake in
 * the words of the SDK. Any task may end it: that is how spans are used.
 *
 * What `context.with` sets ends by itself.
 */
const spansOf = (packageName: string, tracer: string) => [
  {
    name: 'span {0}',
    package: packageName,
    enter: `${tracer}.prototype.startSpan`,
    carrier: 'result.events',
    exit: END,
    expect: { owner: false },
  },
  {
    name: 'span {0}',
    package: packageName,
    enter: `${tracer}.prototype.startActiveSpan`,
    carrier: 'given 0.events',
    exit: END,
    expect: { owner: false },
  },
];

export const opentelemetry: Profile = {
  name: 'opentelemetry',
  scopes: [
    ...spansOf('@opentelemetry/api', 'ProxyTracer'),
    ...spansOf('@opentelemetry/sdk-trace', 'Tracer'),
    ...spansOf('@opentelemetry/sdk-trace-base', 'Tracer'),
    {
      name: 'OpenTelemetry context',
      package: '@opentelemetry/api',
      enter: 'ContextAPI.prototype.with',
      exit: 'settled',
    },
  ],
};
