/** Every profile: a file, and a line here. */
import { asyncMutex } from './async-mutex.ts';
import { kysely } from './kysely.ts';
import { mcp } from './mcp.ts';
import { mysql2 } from './mysql2.ts';
import { pg } from './pg.ts';
import type { Profile } from './profile.ts';

export const allProfiles: readonly Profile[] = [asyncMutex, kysely, mcp, mysql2, pg];
