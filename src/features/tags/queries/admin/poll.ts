/** Several admins work at once: what the others change is on the page within that time, and at once when one comes back. */
export const POLL = { refetchInterval: 10_000, staleTime: 0 } as const
