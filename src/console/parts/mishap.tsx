import { Component, type ReactNode } from 'react'
import { asApiError } from '../api/error.ts'
import { ErrorState } from './error-state.tsx'

interface State {
  thrown: unknown
  isBroken: boolean
}

/** A part that breaks shows so in its own place, and the rest goes on. */
export class Mishap extends Component<{ children: ReactNode }, State> {
  override state: State = { thrown: undefined, isBroken: false }

  static getDerivedStateFromError(thrown: unknown): State {
    return { thrown, isBroken: true }
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children
    return <ErrorState error={asApiError(this.state.thrown)} onRetry={() => location.reload()} />
  }
}
