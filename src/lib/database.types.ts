// Made by `npm run db:types` from supabase/migrations: do not edit.

export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  public: {
    Tables: {
      arrangements: {
        Row: {
          created_at: string
          difficulty: number | null
          id: string
          key: string | null
          name: string
          song_id: string
          tempo: number | null
          time_signature: string | null
        }
        ComputedFields: never
        Insert: {
          created_at?: string
          difficulty?: number | null
          id?: string
          key?: string | null
          name: string
          song_id: string
          tempo?: number | null
          time_signature?: string | null
        }
        Update: {
          created_at?: string
          difficulty?: number | null
          id?: string
          key?: string | null
          name?: string
          song_id?: string
          tempo?: number | null
          time_signature?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'arrangements_song_id_fkey'
            columns: ['song_id']
            isOneToOne: false
            referencedRelation: 'songs'
            referencedColumns: ['id']
          },
        ]
      }
      song_tags: {
        Row: {
          created_at: string
          created_by: string | null
          song_id: string
          tag_id: string
          place: number | null
        }
        ComputedFields: 'place'
        Insert: {
          created_at?: string
          created_by?: string | null
          song_id: string
          tag_id: string
        }
        Update: {
          created_at?: string
          created_by?: string | null
          song_id?: string
          tag_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'song_tags_song_id_fkey'
            columns: ['song_id']
            isOneToOne: false
            referencedRelation: 'songs'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'song_tags_tag_id_fkey'
            columns: ['tag_id']
            isOneToOne: false
            referencedRelation: 'tags'
            referencedColumns: ['id']
          },
        ]
      }
      songs: {
        Row: {
          artist: string | null
          created_at: string
          created_by: string | null
          id: string
          lyrics: string | null
          themes: string[] | null
          title: string
          updated_at: string
          version: number
        }
        ComputedFields: never
        Insert: {
          artist?: string | null
          created_at?: string
          created_by?: string | null
          id?: string
          lyrics?: string | null
          themes?: string[] | null
          title: string
          updated_at?: string
          version?: number
        }
        Update: {
          artist?: string | null
          created_at?: string
          created_by?: string | null
          id?: string
          lyrics?: string | null
          themes?: string[] | null
          title?: string
          updated_at?: string
          version?: number
        }
        Relationships: []
      }
      tag_moderation_log: {
        Row: {
          action: string
          actor: string | null
          at: string
          details: NonNullable<Json>
          id: number
          tag_id: string | null
          tag_name: string | null
          undoes: number | null
        }
        ComputedFields: never
        Insert: {
          action: string
          actor?: string | null
          at?: string
          details?: NonNullable<Json>
          id?: never
          tag_id?: string | null
          tag_name?: string | null
          undoes?: number | null
        }
        Update: {
          action?: string
          actor?: string | null
          at?: string
          details?: NonNullable<Json>
          id?: never
          tag_id?: string | null
          tag_name?: string | null
          undoes?: number | null
        }
        Relationships: []
      }
      tag_names: {
        Row: {
          is_synonym: boolean
          normalized_name: string
          tag_id: string
        }
        ComputedFields: never
        Insert: {
          is_synonym: boolean
          normalized_name: string
          tag_id: string
        }
        Update: {
          is_synonym?: boolean
          normalized_name?: string
          tag_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'tag_names_tag_id_fkey'
            columns: ['tag_id']
            isOneToOne: false
            referencedRelation: 'tags'
            referencedColumns: ['id']
          },
        ]
      }
      tag_synonyms: {
        Row: {
          created_at: string
          id: string
          name: string
          normalized_name: string
          tag_id: string
        }
        ComputedFields: never
        Insert: {
          created_at?: string
          id?: string
          name: string
          normalized_name?: never
          tag_id: string
        }
        Update: {
          created_at?: string
          id?: string
          name?: string
          normalized_name?: never
          tag_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'tag_synonyms_tag_id_fkey'
            columns: ['tag_id']
            isOneToOne: false
            referencedRelation: 'tags'
            referencedColumns: ['id']
          },
        ]
      }
      tags: {
        Row: {
          banned_at: string | null
          category: Database['public']['Enums']['tag_category']
          colour: string | null
          created_at: string
          created_by: string | null
          id: string
          is_standard: boolean
          merged_into: string | null
          name: string
          needs_review: boolean
          normalized_name: string
          updated_at: string
          usage_count: number
        }
        ComputedFields: never
        Insert: {
          banned_at?: string | null
          category?: Database['public']['Enums']['tag_category']
          colour?: string | null
          created_at?: string
          created_by?: string | null
          id?: string
          is_standard?: boolean
          merged_into?: string | null
          name: string
          needs_review?: boolean
          normalized_name?: never
          updated_at?: string
          usage_count?: number
        }
        Update: {
          banned_at?: string | null
          category?: Database['public']['Enums']['tag_category']
          colour?: string | null
          created_at?: string
          created_by?: string | null
          id?: string
          is_standard?: boolean
          merged_into?: string | null
          name?: string
          needs_review?: boolean
          normalized_name?: never
          updated_at?: string
          usage_count?: number
        }
        Relationships: [
          {
            foreignKeyName: 'tags_merged_into_fkey'
            columns: ['merged_into']
            isOneToOne: false
            referencedRelation: 'tags'
            referencedColumns: ['id']
          },
        ]
      }
      user_roles: {
        Row: {
          granted_at: string
          role: Database['public']['Enums']['app_role']
          user_id: string
        }
        ComputedFields: never
        Insert: {
          granted_at?: string
          role: Database['public']['Enums']['app_role']
          user_id: string
        }
        Update: {
          granted_at?: string
          role?: Database['public']['Enums']['app_role']
          user_id?: string
        }
        Relationships: []
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      add_song: {
        Args: { p_fields: Json; p_id?: string; p_names?: string[]; p_tags?: string[] }
        Returns: Json
      }
      administer_migration: { Args: { p_args?: Json; p_call: string }; Returns: Json }
      ban_tag: { Args: { p_is_banned?: boolean; p_tag: string }; Returns: Json }
      banned_tags: { Args: Record<PropertyKey, never>; Returns: string[] }
      can_edit_song: { Args: { p_song_id: string }; Returns: boolean }
      count_tags: {
        Args: { p_category?: Database['public']['Enums']['tag_category']; p_query?: string }
        Returns: Json
      }
      create_tag: {
        Args: { p_category?: Database['public']['Enums']['tag_category']; p_colour?: string; p_name: string }
        Returns: Json
      }
      edit_song: {
        Args: {
          p_add?: string[]
          p_changes: Json
          p_names?: string[]
          p_remove?: string[]
          p_song: string
          p_version: number
        }
        Returns: Json
      }
      edit_tag: { Args: { p_changes: Json; p_seen?: string; p_tag: string }; Returns: Json }
      edited_song: { Args: { p_song: string }; Returns: Json }
      grant_role: {
        Args: { p_email: string; p_role: Database['public']['Enums']['app_role'] }
        Returns: undefined
      }
      has_role: { Args: { p_roles: Database['public']['Enums']['app_role'][] }; Returns: boolean }
      hold_song: { Args: { p_song: string; p_version?: number }; Returns: undefined }
      is_admin: { Args: Record<PropertyKey, never>; Returns: boolean }
      is_blank_tag_name: { Args: { p_name: string }; Returns: boolean }
      keep_tags_apart: { Args: { p_one: string; p_other: string }; Returns: Json }
      list_roles: {
        Args: Record<PropertyKey, never>
        Returns: {
          email: string
          granted_at: string
          role: Database['public']['Enums']['app_role']
        }[]
      }
      list_tags: {
        Args: {
          p_backwards?: boolean
          p_category?: Database['public']['Enums']['tag_category']
          p_descending?: boolean
          p_from?: Json
          p_kind?: string
          p_limit?: number
          p_query?: string
          p_sort?: string
        }
        Returns: Json
      }
      merge_many_tags: { Args: { p_from: string[]; p_into: string }; Returns: Json }
      merge_tags: { Args: { p_from: string; p_into: string }; Returns: Json }
      moderation_actors: {
        Args: Record<PropertyKey, never>
        Returns: {
          email: string
          id: string
        }[]
      }
      moderation_log: {
        Args: {
          p_action?: string
          p_actor?: string
          p_before?: number
          p_from?: string
          p_limit?: number
          p_tag?: string
          p_until?: string
        }
        Returns: Json
      }
      normalize_tag_name: { Args: { p_name: string }; Returns: string }
      place: {
        Args: {
          p_link: Omit<
            Database['public']['Tables']['song_tags']['Row'],
            Database['public']['Tables']['song_tags']['ComputedFields']
          >
        }
        Returns: number
      }
      popular_tags: { Args: { p_limit?: number }; Returns: Json }
      preview_merge: { Args: { p_from: string[]; p_into: string }; Returns: Json }
      promote_tag: { Args: { p_is_standard?: boolean; p_tag: string }; Returns: Json }
      record_tag_metrics: { Args: { p_entries: Json }; Returns: Json }
      rename_tag: { Args: { p_name: string; p_tag: string }; Returns: Json }
      revoke_role: {
        Args: { p_email: string; p_role: Database['public']['Enums']['app_role'] }
        Returns: undefined
      }
      save_song: { Args: { p_changes: Json; p_song: string; p_version: number }; Returns: Json }
      search_songs: {
        Args: {
          p_after?: string
          p_all?: string[]
          p_any?: string[]
          p_categories?: string[]
          p_difficulty_from?: number
          p_difficulty_to?: number
          p_facets?: boolean
          p_keys?: string[]
          p_limit?: number
          p_none?: string[]
          p_sort?: string
          p_tempo_from?: number
          p_tempo_to?: number
          p_text?: string
        }
        Returns: Json
      }
      song_opened: { Args: { p_song: string }; Returns: undefined }
      suggest_tags: { Args: { p_chosen?: string[]; p_limit?: number; p_query: string }; Returns: Json }
      tag_alerts_delivered: {
        Args: { p_channels: string[]; p_is_settled: boolean; p_notice: number }
        Returns: undefined
      }
      tag_alerts_due: { Args: Record<PropertyKey, never>; Returns: Json }
      tag_alerts_look: { Args: { p_windows: number[] }; Returns: Json }
      tag_alerts_record: { Args: { p_notices: Json; p_states: Json; p_version: number }; Returns: boolean }
      tag_catalog: { Args: { p_since?: string }; Returns: Json }
      tag_companions: {
        Args: { p_limit?: number; p_tags: string[] }
        Returns: {
          share: number
          tag_id: string
        }[]
      }
      tag_details: { Args: { p_tag: string }; Returns: Json }
      tag_metrics_dashboard: { Args: { p_from: string; p_steps?: number; p_to: string }; Returns: Json }
      tag_metrics_retain: { Args: Record<PropertyKey, never>; Returns: Json }
      tag_migration_add_plan: { Args: { p_hash: string; p_plan: Json }; Returns: undefined }
      tag_migration_adopt: { Args: { p_epoch: number; p_run: string; p_themes: string[] }; Returns: Json }
      tag_migration_batch: {
        Args: {
          p_after: string
          p_at_once?: number
          p_budget_ms?: number
          p_epoch: number
          p_first?: number
          p_limit: number
          p_most?: number
          p_run: string
          p_step_ms?: number
          p_worker?: string
        }
        Returns: Json
      }
      tag_migration_check_drift: { Args: { p_links?: number; p_songs?: number }; Returns: Json }
      tag_migration_chunks: {
        Args: { p_after: string; p_chunk: number; p_chunks: number; p_place?: number; p_run: string }
        Returns: Json
      }
      tag_migration_contract_state: { Args: { p_quiet_days: number }; Returns: Json }
      tag_migration_copy: { Args: { p_after: string; p_limit?: number }; Returns: Json }
      tag_migration_count_links: { Args: { p_after: string; p_limit: number; p_yields: Json }; Returns: Json }
      tag_migration_finalize: {
        Args: { p_limit?: number; p_quiet_days: number; p_worker: string }
        Returns: Json
      }
      tag_migration_fold: { Args: { p_run: string; p_tags?: number }; Returns: number }
      tag_migration_forget_song: { Args: { p_song: string }; Returns: number }
      tag_migration_keep_answer: {
        Args: { p_answer: Json; p_call: string; p_epoch: number; p_run: string }
        Returns: Json
      }
      tag_migration_keep_aside: { Args: { p_epoch: number; p_run: string; p_song: string }; Returns: Json }
      tag_migration_kept_answers: { Args: { p_run: string }; Returns: Json }
      tag_migration_long_themes: { Args: { p_after: string; p_limit?: number }; Returns: Json }
      tag_migration_plan: { Args: { p_after?: string; p_hash: string; p_limit?: number }; Returns: Json }
      tag_migration_prepare: { Args: { p_epoch: number; p_limit?: number; p_run: string }; Returns: Json }
      tag_migration_prune: { Args: { p_limit?: number; p_retention?: string }; Returns: number }
      tag_migration_quarantine: {
        Args: {
          p_attempts: number
          p_epoch: number
          p_message: string
          p_run: string
          p_song: string
          p_sqlstate: string
        }
        Returns: Json
      }
      tag_migration_quarantined: { Args: { p_run: string }; Returns: Json }
      tag_migration_record_rehearsal: {
        Args: { p_differing: number; p_report: Json; p_songs: number; p_worker: string }
        Returns: undefined
      }
      tag_migration_refresh_statistics: { Args: Record<PropertyKey, never>; Returns: undefined }
      tag_migration_release: { Args: { p_run: string; p_song?: string }; Returns: Json }
      tag_migration_report: {
        Args: {
          p_epoch: number
          p_has_left?: boolean
          p_retries: number
          p_run: string
          p_waiting_for?: string
          p_worker: string
        }
        Returns: undefined
      }
      tag_migration_restore_themes: { Args: { p_limit?: number; p_worker: string }; Returns: Json }
      tag_migration_resume: { Args: { p_run: string; p_worker: string }; Returns: Json }
      tag_migration_rollback_batch: {
        Args: { p_after: string; p_epoch: number; p_limit: number; p_run: string; p_worker?: string }
        Returns: Json
      }
      tag_migration_rollback_conflicts: {
        Args: { p_after?: number; p_limit?: number; p_run: string }
        Returns: Json
      }
      tag_migration_rollback_errors: { Args: { p_run: string }; Returns: Json }
      tag_migration_rollback_finish: { Args: { p_epoch: number; p_run: string }; Returns: Json }
      tag_migration_rollback_preview: {
        Args: {
          p_after: string
          p_exact: boolean
          p_limit?: number
          p_run: string
          p_to_batch?: number
          p_to_time?: string
        }
        Returns: Json
      }
      tag_migration_rollback_preview_tags: {
        Args: { p_after: string; p_limit?: number; p_run: string }
        Returns: Json
      }
      tag_migration_rollback_put_aside: {
        Args: {
          p_attempts: number
          p_epoch: number
          p_message: string
          p_run: string
          p_song: string
          p_sqlstate: string
        }
        Returns: Json
      }
      tag_migration_rollback_start: {
        Args: { p_exact: boolean; p_run: string; p_to_batch?: number; p_to_time?: string; p_worker: string }
        Returns: Json
      }
      tag_migration_rollback_tags: {
        Args: { p_after: string; p_epoch: number; p_limit?: number; p_run: string }
        Returns: Json
      }
      tag_migration_run: { Args: { p_run?: string; p_standing?: boolean }; Returns: Json }
      tag_migration_runs: { Args: { p_before?: string; p_limit?: number }; Returns: Json }
      tag_migration_song: { Args: { p_song: string }; Returns: Json }
      tag_migration_songs_with: {
        Args: { p_after: string; p_limit?: number; p_samples?: number; p_themes: Json }
        Returns: Json
      }
      tag_migration_start: {
        Args: {
          p_options: Json
          p_plan_hash: string
          p_plan_themes: number
          p_total_songs: number
          p_worker: string
        }
        Returns: Json
      }
      tag_migration_status: { Args: { p_run?: string }; Returns: Json }
      tag_migration_stop: { Args: { p_run: string; p_to: string; p_worker: string }; Returns: Json }
      tag_migration_survey: {
        Args: { p_after?: string; p_limit?: number; p_until?: string; p_without?: string }
        Returns: Json
      }
      tag_migration_transition: {
        Args: {
          p_certificate?: string
          p_epoch: number
          p_failure?: Json
          p_run: string
          p_to: string
          p_worker?: string
        }
        Returns: Json
      }
      tag_migration_validate_batches: {
        Args: { p_after?: string; p_number?: number; p_run: string; p_songs?: number; p_until?: string }
        Returns: Json
      }
      tag_migration_validate_live: {
        Args: { p_after: string; p_limit?: number; p_until?: string }
        Returns: Json
      }
      tag_migration_validate_rollback: {
        Args: { p_after: string; p_limit?: number; p_run: string }
        Returns: Json
      }
      tag_migration_validate_songs: {
        Args: { p_after: string; p_run: string; p_until: string }
        Returns: Json
      }
      tag_migration_validate_tags: { Args: { p_after?: string; p_links?: number }; Returns: Json }
      tag_song: {
        Args: { p_names?: string[]; p_song: string; p_tags: string[]; p_version?: number }
        Returns: Json
      }
      tag_usage: { Args: { p_tag: string; p_zone?: string }; Returns: Json }
      tags_by_id: { Args: { p_tags: string[] }; Returns: Json }
      tags_kept_apart: {
        Args: Record<PropertyKey, never>
        Returns: {
          one: string
          other: string
        }[]
      }
      tidy_tag_names: { Args: { p_names: string[] }; Returns: string[] }
      undo_moderation: { Args: { p_entry: number }; Returns: Json }
      unmerge_tag: { Args: { p_tag: string }; Returns: Json }
      untag_song: { Args: { p_song: string; p_tags: string[]; p_version?: number }; Returns: Json }
    }
    Enums: {
      app_role: 'editor' | 'moderator' | 'admin'
      tag_category: 'theme' | 'occasion' | 'liturgical' | 'mood'
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, 'public'>]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema['Tables'] & DefaultSchema['Views'])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views'])
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views'])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema['Tables'] & DefaultSchema['Views'])
    ? (DefaultSchema['Tables'] & DefaultSchema['Views'])[DefaultSchemaTableNameOrOptions] extends {
        Row: infer R
      }
      ? R
      : never
    : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema['Tables']
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
    ? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
        Insert: infer I
      }
      ? I
      : never
    : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema['Tables']
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
    ? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
        Update: infer U
      }
      ? U
      : never
    : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema['Enums']
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums']
    : never = never,
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums'][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema['Enums']
    ? DefaultSchema['Enums'][DefaultSchemaEnumNameOrOptions]
    : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema['CompositeTypes']
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes']
    : never = never,
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes'][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema['CompositeTypes']
    ? DefaultSchema['CompositeTypes'][PublicCompositeTypeNameOrOptions]
    : never

export const Constants = {
  public: {
    Enums: {
      app_role: ['editor', 'moderator', 'admin'],
      tag_category: ['theme', 'occasion', 'liturgical', 'mood'],
    },
  },
} as const
