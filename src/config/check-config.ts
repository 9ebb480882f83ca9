/** What is wrong with a configuration, as a sentence. */
import type { ErrorObject } from 'ajv';
import { findFault } from '../../tracker/protocol.ts';
import { nearest } from '../nearest.ts';
import { problem } from './find-config.ts';
import type { FoundConfig } from './find-config.ts';
import { createConfigSchema } from './schema.ts';
import type { ScopeTraceConfig } from '../library/define-config.ts';

/** @throws {Problem} naming the place in the file */
export async function checkConfig({ value, file, at }: FoundConfig): Promise<ScopeTraceConfig> {
  const path = (rest: string): string => [at, rest].filter((part) => part !== '').join('.');
  if (!isObject(value)) throw problem(`${file}: ${at === '' ? 'it' : at} must be an object.`);
  const { scopes = [] } = value;
  if (!Array.isArray(scopes)) throw problem(`${file}: ${path('scopes')} must be a list.`);
  scopes.forEach((scope: unknown, index) => {
    const fault = findFault(scope);
    if (fault !== undefined) throw problem(`${file}: ${path(`scopes[${index}]`)}${fault}`);
  });
  if (Object.keys(value).every((key) => key === 'scopes' || key === '$schema')) return value;
  const { Ajv } = await import('ajv');
  const validate = new Ajv({ allErrors: true, verbose: true }).compile<ScopeTraceConfig>(createConfigSchema());
  if (validate(value)) return value;
  throw problem(`${file}: ${describe(mostTelling(validate.errors ?? []), path)}`);
}

/** Of what is wrong with each of several alternatives, what lies deepest was meant. */
function mostTelling(errors: readonly ErrorObject[]): ErrorObject | undefined {
  const telling = errors.filter(({ keyword }) => keyword !== 'anyOf');
  const depth = ({ instancePath, keyword, data }: ErrorObject): number =>
    instancePath.split('/').length * 2 + (keyword === 'type' || (keyword === 'enum' && typeof data === 'object') ? 0 : 1);
  return telling.reduce<ErrorObject | undefined>((best, each) => (best === undefined || depth(each) > depth(best) ? each : best), undefined);
}

function describe(error: ErrorObject | undefined, path: (rest: string) => string): string {
  if (error === undefined) return 'it is not what it must be.';
  const { keyword, instancePath, params, parentSchema, data } = error as ErrorObject<string, Readonly<Record<string, unknown>>>;
  const where = path(instancePath.slice(1).replaceAll('~1', '/').replaceAll(/\/(\d+)(?=\/|$)/g, '[$1]').replaceAll('/', '.'));
  const place = where === '' ? 'it' : where;
  switch (keyword) {
    case 'additionalProperties': {
      const name = String(params['additionalProperty']);
      const stranger = where === '' ? name : `${where}.${name}`;
      return `${stranger} is not known. ${hint(name, Object.keys((parentSchema?.['properties'] ?? {}) as object))}`;
    }
    case 'enum':
      return `${place} is ${JSON.stringify(data)}. ${hint(String(data), params['allowedValues'] as readonly string[])}`;
    case 'required':
      return `${place} must have a ${String(params['missingProperty'])}.`;
    case 'type':
      return `${place} must be a ${NAMES[String(params['type'])] ?? String(params['type'])}.`;
    case 'const':
      return `${place} must be a number, or ${JSON.stringify(params['allowedValue'])}.`;
    case 'minLength':
      return `${place} must not be empty.`;
    case 'pattern':
      return `${place} must be a day such as 2030-12-31.`;
    default:
      return `${place} ${error.message ?? 'is not what it must be'}.`;
  }
}

const NAMES: Readonly<Record<string, string>> = { array: 'list', string: 'text', boolean: 'choice of true and false' };

function hint(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near === undefined ? `Known are: ${known.join(', ')}.` : `Did you mean ${near}?`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
