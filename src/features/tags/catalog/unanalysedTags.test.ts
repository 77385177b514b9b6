import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../scripts/testing/testDatabase.ts'

/** Joined all with all, these would take longer than the API lets a call last. */
const TAGS = 10_000

test('thousands of tags that were just made, and that the planner knows nothing of, are given whole', async () => {
  const database = await createTestDatabase()
  try {
    await database.sql`insert into public.tags (name) select 'Tag ' || i from generate_series(1, ${TAGS}::integer) as i`
    await database.sql`
      insert into public.tag_synonyms (tag_id, name)
      select t.id, 'Other ' || t.name from public.tags as t where not t.is_standard`
    const { data, error } = await database.serviceClient.rpc('tag_catalog')
    expect(error).toBeNull()
    const { tags } = data as unknown as { tags: { name: string; synonyms: string[] }[] }
    expect(tags.filter(({ name, synonyms: [other] }) => other === `Other ${name}`)).toHaveLength(TAGS)
  } finally {
    await database.drop()
  }
})
