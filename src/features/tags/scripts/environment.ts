/** Environment variables, handed over instead of read where they are needed. */
export type Environment = Readonly<Record<string, string | undefined>>
