/** Stands in for @supabase/storage-js in the browser build (vite.config.ts): supabase-js makes one and never uses it. */
export class StorageClient {
  from(): never {
    throw new Error('Storage is left out of this build; vite.config.ts says how to bring it back.')
  }
}

export class StorageApiError extends Error {}
