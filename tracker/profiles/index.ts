/** Every profile: a file, and a line here. */
import { asyncMutex } from './async-mutex.ts';
import { genericPool } from './generic-pool.ts';
import { knex } from './knex.ts';
import { koa } from './koa.ts';
import { kysely } from './kysely.ts';
import { mcp } from './mcp.ts';
import { mongodb } from './mongodb.ts';
import { mysql2 } from './mysql2.ts';
import { opentelemetry } from './opentelemetry.ts';
import { pg } from './pg.ts';
import { playwright } from './playwright.ts';
import type { Profile } from './profile.ts';
import { puppeteer } from './puppeteer.ts';
import { sentry } from './sentry.ts';
import { undici } from './undici.ts';

export const allProfiles: readonly Profile[] = [
  asyncMutex, genericPool, knex, koa, kysely, mcp, mongodb, mysql2, opentelemetry, pg, playwright, puppeteer, sentry, undici,
];
