/** Ids. Each family of records is a file of its own beside this one; `protocol.ts` is the door to all. */
declare const brand: unique symbol;
type Branded<Base, Name extends string> = Base & { readonly [brand]?: Name };

/** `<pid>-<thread>-<start>`: unique in a session, also when pids are used again. */
export type ProgramId = Branded<string, 'program'>;
/** Sequential within a program from 1, never reused. 1 is always the main call. */
export type CallId = Branded<number, 'call'>;
/** Sequential within a program from 1, never reused. */
export type ScopeId = Branded<number, 'scope'>;
/** Sequential within a program from 1, never reused. */
export type SignalId = Branded<number, 'signal'>;
/** Sequential within a program from 1, never reused. */
export type GeneratorId = Branded<number, 'generator'>;
/** Index of a place in the program's code, announced once by {@link SiteSeen}. */
export type SiteId = Branded<number, 'site'>;
