import js from '@eslint/js'
import { configs as lit } from 'eslint-plugin-lit'
import { configs as wc } from 'eslint-plugin-wc'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'
import { imkit } from './scripts/eslint-rules.js'

const source = ['src/**/*.ts', 'components/**/*.ts', 'themes/**/*.ts']

/** What runs in Node and in workers too. */
const headless = ['model', 'database', 'backends', 'core'].map((folder) => `src/${folder}/**/*.ts`)

export default defineConfig(
  globalIgnores([
    '**/dist',
    'demo-static',
    'storybook-static',
    'test-results',
    'playwright-report',
    'coverage',
    // Projects of their own, each checked by the compiler of its framework.
    'examples/*/',
    // Wrong on purpose.
    'test/templates/',
    '!examples/demo/',
  ]),
  js.configs.recommended,
  tseslint.configs.recommended,
  lit['flat/recommended'],
  wc['flat/recommended'],

  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { imkit },
    rules: {
      'imkit/import-boundaries': 'error',
      'imkit/no-side-effect-import': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // tsc reports most; `_` names what only has to be skipped, as in tsc.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
    },
  },
  {
    // tsc knows the globals, of JavaScript files as well.
    files: ['**/*.js'],
    rules: { 'no-undef': 'off' },
  },
  {
    // The one rule that needs types. A promise nobody awaits hides its error.
    files: ['**/*.ts'],
    languageOptions: {
      parserOptions: {
        project: [
          './tsconfig.json',
          './tsconfig.node.json',
          './test/types/tsconfig.bundler.json',
          './server/companion/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: { '@typescript-eslint/no-floating-promises': 'error' },
  },
  {
    files: source,
    rules: { 'no-console': ['error', { allow: ['warn', 'error'] }] },
  },
  {
    files: headless,
    rules: {
      'no-restricted-globals': [
        'error',
        ...['document', 'window', 'HTMLElement', 'localStorage', 'sessionStorage'].map((name) => ({
          name,
          message: 'The core and what is below it run without a DOM.',
        })),
      ],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['lit', 'lit/*', '@lit/*', '@floating-ui/*', 'emoji-mart', 'dompurify'],
              message: 'The core and what is below it run without a DOM.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // The types of @open-wc/testing make every `to.equal()` a promise; it is none.
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', name: 'Equal', package: 'chai' }] },
      ],
      // Chai's `expect(x).to.be.true`.
      '@typescript-eslint/no-unused-expressions': 'off',
      'no-restricted-syntax': [
        'error',
        ...[
          'CallExpression[callee.object.name=/^(describe|context|it|specify|test)$/][callee.property.name=/^(only|skip|fixme)$/]',
          'CallExpression[callee.object.property.name=/^(describe|step)$/][callee.property.name=/^(only|skip|fixme)$/]',
          'CallExpression[callee.object.type="ThisExpression"][callee.property.name="skip"]',
          'CallExpression[callee.name=/^x(describe|context|it|specify)$/]',
        ].map((selector) => ({ selector, message: 'All tests run, always.' })),
        {
          selector: 'CallExpression[callee.property.name="waitForTimeout"]',
          message: 'Wait for what is to be seen, not for time.',
        },
      ],
    },
  },
)
