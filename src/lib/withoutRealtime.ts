/** Stands in for @supabase/realtime-js in the browser build (vite.config.ts): as much as supabase-js itself calls. */
export class RealtimeClient {
  setAuth(): Promise<void> {
    return Promise.resolve()
  }

  channel(): never {
    throw new Error('Realtime is left out of this build; vite.config.ts says how to bring it back.')
  }
}
