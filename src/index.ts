/** The library: explicit scopes and named tasks, with and without the tracker. */
export { CHANNELS } from '../tracker/protocol.ts';
export { declareScope } from './library/declare-scope.ts';
export { enterScope, Scope, withScope, withScopeSync } from './library/scope.ts';
export { currentTask, openScopes, task } from './library/task.ts';
export type { DeclaredExit, DeclaredExpectations, ScopeDeclaration } from '../tracker/protocol.ts';
export type { ScopeView, TaskView } from './library/task.ts';
export { defineConfig } from './library/define-config.ts';
export type { IgnoreConfig, ProfileId, RuleConfig, RuleId, RuleLevel, ScopeTraceConfig } from './library/define-config.ts';
