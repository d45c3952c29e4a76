import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.{ts,tsx}',
      'test/**/*.test.ts',
      'bench/**/*.test.ts',
      'packages/*/src/**/*.test.ts',
    ],
    globalSetup: ['test/console/kit/build.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Most tests wait for processes and sockets; the default would leave one of two cores idle.
    maxWorkers: 2,
  },
})
