// The linter lints its own rules: a real tree that every checkout has.
import js from '@eslint/js';

export default [
  { ignores: ['!**/node_modules/'] },
  { ...js.configs.recommended, languageOptions: { sourceType: 'commonjs' } },
];
