import { Component, type ErrorInfo, type ReactNode } from 'react'

type Props = {
  children: ReactNode
  /** Shown in place of what broke; `retry` renders it again. */
  fallback: (error: unknown, retry: () => void) => ReactNode
  /** Told once of each error that was caught. */
  onError?: (error: unknown, componentStack: string | undefined) => void
}

type State = { failed: false } | { failed: true; error: unknown }

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false }

  static getDerivedStateFromError(error: unknown): State {
    return { failed: true, error }
  }

  override componentDidCatch(error: unknown, { componentStack }: ErrorInfo): void {
    this.props.onError?.(error, componentStack ?? undefined)
  }

  private retry = (): void => {
    this.setState({ failed: false })
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback(this.state.error, this.retry) : this.props.children
  }
}
