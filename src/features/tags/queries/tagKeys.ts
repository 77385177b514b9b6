export const tagKeys = {
  all: ['tags'] as const,
  catalog: () => [...tagKeys.all, 'catalog'] as const,
  names: () => [...tagKeys.all, 'by-name'] as const,
  byName: (normalizedName: string) => [...tagKeys.names(), normalizedName] as const,
  byId: (id: string) => [...tagKeys.all, 'by-id', id] as const,
  popular: (limit: number) => [...tagKeys.all, 'popular', limit] as const,
  suggestions: () => [...tagKeys.all, 'suggest'] as const,
  /** Chosen tags are a set: whatever their order, it is one question. */
  suggest: (foldedQuery: string, chosen: readonly string[]) =>
    [...tagKeys.suggestions(), chosen.toSorted(), foldedQuery] as const,
  companions: (tagIds: readonly string[]) => [...tagKeys.all, 'companions', tagIds.toSorted()] as const,
  /** What the console shows. */
  admin: () => [...tagKeys.all, 'admin'] as const,
}
