import knex from 'knex'
import { startPgServer } from '../fakes/pg-server.mjs'

/** The version is told, so that nobody asks the server for it. */
export const createDatabase = async () => knex({
  client: 'pg', version: '15', connection: await startPgServer(), pool: { min: 0, max: 3 },
})
