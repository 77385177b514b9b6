/** A song as it goes into `public.songs`; what is left out takes the column's default. */
export interface SeedSong {
  id: string
  title: string
  artist?: string | null
  lyrics?: string | null
  themes: (string | null)[] | null
  /** ISO 8601. */
  created_at?: string
}

/** An arrangement as it goes into `public.arrangements`. */
export interface SeedArrangement {
  id: string
  song_id: string
  name: string
  key: string
  /** Beats a minute. */
  tempo: number
  /** 1 (easy) to 5. */
  difficulty: number
  time_signature: string
}

/** What is written in one statement a table. */
export interface SeedBatch {
  songs: SeedSong[]
  arrangements: SeedArrangement[]
}
