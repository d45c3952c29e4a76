import { defineConfig } from 'vitest/config'
import { LongFirst } from './test/long-first.ts'

const inBrowser = 'test/console/**/*.test.ts'

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Most tests wait for processes, sockets and browsers: two at a time leave a third of two cores idle.
    maxWorkers: 3,
    sequence: { sequencer: LongFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'server',
          include: [
            'src/**/*.test.{ts,tsx}',
            'test/**/*.test.ts',
            'bench/**/*.test.ts',
            'packages/*/src/**/*.test.ts',
          ],
          exclude: [inBrowser, '**/node_modules/**'],
        },
      },
      {
        extends: true,
        // Done only where tests of this project are run.
        test: { name: 'console', include: [inBrowser], globalSetup: ['test/console/kit/build.ts'] },
      },
    ],
  },
})
