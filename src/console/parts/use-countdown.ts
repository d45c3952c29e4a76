import { useEffect, useEffectEvent, useState } from 'react'

/** Seconds left, live; at nought it does what it was waiting for. Another `run` begins anew. */
export function useCountdown(
  seconds: number | undefined,
  run: unknown,
  onEnd: () => void,
): number | undefined {
  const [left, setLeft] = useState(seconds)
  const end = useEffectEvent(onEnd)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run begins anew
  useEffect(() => {
    setLeft(seconds)
    if (seconds === undefined) return
    const over = Date.now() + seconds * 1_000
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((over - Date.now()) / 1_000))
      setLeft(now)
      if (now > 0) return
      clearInterval(timer)
      end()
    }, 250)
    return () => clearInterval(timer)
  }, [seconds, run])
  return left
}
