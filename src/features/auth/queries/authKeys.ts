export const authKeys = {
  all: ['auth'] as const,
  user: () => [...authKeys.all, 'user'] as const,
  roles: (userId: string) => [...authKeys.all, 'roles', userId] as const,
}
