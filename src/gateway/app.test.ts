import { expect, test, vi } from 'vitest'
import type { GatewaySettings } from './app.ts'
import { buildGateway } from './app.ts'
import * as threshold from './threshold.ts'

vi.mock(import('./threshold.ts'))

test('a gateway that cannot be built leaves nothing open', async () => {
  const close = vi.fn()
  vi.mocked(threshold.buildThreshold).mockReturnValue({ close } as unknown as threshold.Threshold)
  await expect(buildGateway({ guard: {} } as GatewaySettings)).rejects.toThrow(TypeError)
  expect(close).toHaveBeenCalledOnce()
})
