/** Stands in for @supabase/functions-js in the browser build (vite.config.ts): supabase-js makes a client for each use. */
export class FunctionsClient {
  constructor() {
    throw new Error('Edge functions are left out of this build; vite.config.ts says how to bring them back.')
  }
}

export class FunctionsError extends Error {}
export class FunctionsFetchError extends FunctionsError {}
export class FunctionsHttpError extends FunctionsError {}
export class FunctionsRelayError extends FunctionsError {}
export const FunctionRegion = {}
