import { existsSync } from 'node:fs'

/** The same requests each time; another number, other requests. */
export const SEED = Number(process.env.FUZZ_SEED ?? 20_261_125)

/** What drives the gateway from its own document; `.ci/run` says by this variable where it is. */
export const SCHEMATHESIS = process.env.SCHEMATHESIS ?? ''

export const missingSchemathesis = existsSync(SCHEMATHESIS)
  ? undefined
  : 'SCHEMATHESIS names no program; .ci/run shows where it comes from'

/** All parts together, in seconds. */
const BOX = Number(process.env.FUZZ_SECONDS ?? 20)

/** In twelfths of the box. Schemathesis needs its time to get going; without it the others share the box. */
const SHARES = missingSchemathesis
  ? { schemathesis: 0, properties: 6, bytes: 6 }
  : { schemathesis: 8, properties: 2, bytes: 2 }

export const secondsFor = (part: keyof typeof SHARES): number => Math.ceil((BOX * SHARES[part]) / 12)

/** For starting, ending, and finding the smallest of what failed. */
export const timeoutFor = (part: keyof typeof SHARES): number => secondsFor(part) * 1_000 + 60_000

/** What a run was worth, for whoever reads the log. */
export const tell = (part: keyof typeof SHARES, requests: number): void => {
  process.stderr.write(`fuzz: ${requests} requests by ${part} in ${secondsFor(part)} s, seed ${SEED}\n`)
}
