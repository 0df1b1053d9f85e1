const typescript = {
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: 'node',
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};

/** Three projects: `unit` beside the code, `end-to-end` on the built command, `contract` (see `npm run contract-test`). */
export default {
  projects: [
    {
      ...typescript,
      displayName: 'unit',
      testMatch: ['<rootDir>/{server,contracts,inspector}/**/*.test.ts'],
      testPathIgnorePatterns: ['\\.e2e\\.test\\.ts$', '\\.contract\\.test\\.ts$'],
    },
    {
      ...typescript,
      displayName: 'end-to-end',
      testMatch: ['<rootDir>/{server,contracts,inspector}/**/*.e2e.test.ts'],
    },
    { ...typescript, displayName: 'contract', testMatch: ['<rootDir>/contracts/**/*.contract.test.ts'] },
  ],
};
