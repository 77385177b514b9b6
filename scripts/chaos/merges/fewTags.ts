import type { Vocabulary } from '../model/types.ts'

/** Few enough for merges to meet each other. */
export const fewTags: Vocabulary = {
  planned: new Map([
    ['Grace', ['Grace']],
    ['grace.', ['Grace']],
    ['Mercy', ['Mercy']],
    ['Joy', ['Joy']],
    ['Vorlan', ['Vorlan']],
    ['Grace & Mercy', ['Grace', 'Mercy']],
    ['Hope / Joy / Vorlan', ['Hope', 'Joy', 'Vorlan']],
  ]),
  late: new Map([
    ['  Lurven ', 'Lurven'],
    ['mercy', 'Mercy'],
  ]),
  standing: ['Grace', 'Mercy', 'Joy', 'Hope'],
}
