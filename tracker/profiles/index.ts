/** Every profile: a file, and a line here. */
import { asyncMutex } from './async-mutex.ts';
import { genericPool } from './generic-pool.ts';
import { kysely } from './kysely.ts';
import { mcp } from './mcp.ts';
import { mongodb } from './mongodb.ts';
import { mysql2 } from './mysql2.ts';
import { pg } from './pg.ts';
import type { Profile } from './profile.ts';
import { puppeteer } from './puppeteer.ts';

export const allProfiles: readonly Profile[] = [asyncMutex, genericPool, kysely, mcp, mongodb, mysql2, pg, puppeteer];
