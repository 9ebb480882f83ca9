import { scopeTrace } from 'scope-trace/vitest';

export default { plugins: [scopeTrace()], test: { include: ['*.test.mjs'], reporters: ['verbose'] } };
