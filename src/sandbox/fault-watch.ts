import { type Aim, type Fault, type Ruin, strike } from './faults.ts'
import { GatewayRefusal, Refusal } from './refusal.ts'
import type { KeptWorld } from './world.ts'

/** What the faults that struck want done to the answer, besides refusing. */
export interface Damage {
  fault?: string
  delay?: number
  ruin?: Ruin
  retryAfter?: number
}

/** Lets faults strike before and after the work of one request. */
export function watchForFaults(world: KeptWorld, damage: Damage): { placed(aim: Aim): void; worked(): void } {
  let aim: Aim | undefined
  const suffer = (phase: Fault['phase']) => {
    if (!aim || world.state.faults.size === 0) return
    const fault = strike(world.state, aim, phase, world.outside.random)
    if (!fault) return
    world.touch()
    damage.fault = fault.id
    suffering(fault, damage)
  }
  return {
    placed(found) {
      aim = found
      suffer('before')
    },
    worked: () => suffer('after'),
  }
}

function suffering({ trouble, phase }: Fault, damage: Damage): void {
  switch (trouble.kind) {
    case 'refuse': {
      if (trouble.retryAfter !== undefined) damage.retryAfter = trouble.retryAfter
      const Kind = trouble.code.startsWith('APIGW.') ? GatewayRefusal : Refusal
      throw new Kind(trouble.status, trouble.code, trouble.message)
    }
    case 'delay':
      damage.delay = trouble.ms
      return
    default:
      damage.ruin = trouble.kind
      // Keeps the work from being done. Whole, nobody will see it.
      if (phase === 'before') throw new GatewayRefusal(200, 'SANDBOX.FAULT', 'A fault was asked for.')
  }
}
