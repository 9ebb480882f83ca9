import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const node = Object.fromEntries(
  ['process', 'console', 'URL', 'performance', 'Buffer', 'setTimeout', 'setImmediate', 'clearTimeout', 'queueMicrotask',
    'AbortController', 'AbortSignal', 'fetch', 'setInterval', 'clearInterval', 'structuredClone'].map((name) => [name, 'readonly']),
);

export default defineConfig(
  globalIgnores(['dist/', 'node_modules/', 'test/node-lines/', 'test/programs/', 'test/frameworks/', 'test/runners/', 'test/integrations/', 'test/tracker/modules/packages/', 'examples/**/out/', 'bench/out/', 'coverage/']),
  eslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // An async function without an await is how an interface that asks for a promise is met.
      '@typescript-eslint/require-await': 'off',
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Exports have names here.' }],
    },
  },
  {
    // The tracker lives inside other people's runtimes: it meets values of any shape, V8's hooks, and methods that it wraps.
    files: ['tracker/**/*.ts'],
    rules: { '@typescript-eslint/no-unnecessary-condition': 'off', '@typescript-eslint/no-extraneous-class': 'off', '@typescript-eslint/no-base-to-string': 'off', '@typescript-eslint/unbound-method': 'off' },
  },
  {
    // Matchers such as expect.any are `any`.
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
  {
    files: ['vitest.config.ts'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { 'no-restricted-syntax': 'off' },
  },
  { files: ['**/*.{js,mjs,cjs}'], languageOptions: { globals: node } },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs', globals: { ...node, require: 'readonly', module: 'writable' } } },
);
