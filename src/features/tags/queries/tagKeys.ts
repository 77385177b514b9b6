export const tagKeys = {
  all: ['tags'] as const,
  byName: (normalizedName: string) => [...tagKeys.all, 'by-name', normalizedName] as const,
}
