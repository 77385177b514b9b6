import type { TagKind } from '../../../services/adminTag.ts'

const labels: Record<TagKind, string> = {
  all: 'All tags',
  standard: 'Standard',
  custom: 'Custom',
  review: 'To review',
  unused: 'Without songs',
  banned: 'Banned',
  merged: 'Merged into others',
}

export function tagKindLabel(kind: TagKind): string {
  return labels[kind]
}
