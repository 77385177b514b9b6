import { Combobox } from '@base-ui/react/combobox'
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useTagSuggestions } from '../hooks/useTagSuggestions.ts'
import { tagKey } from '../tagKey.ts'
import { type TagOption, tagOptions } from '../tagOptions.ts'
import { firstName, hasSeparator, takeKnown, withoutFirst } from '../typedTags.ts'
import type { ChosenTag } from '../types.ts'
import { ChosenTagChip } from './ChosenTagChip.tsx'
import styles from './TagInput.module.css'
import { TagInputNote } from './TagInputNote.tsx'
import { TagOptionRow } from './TagOptionRow.tsx'
import { tagInputWords } from './tagInputWords.ts'

type Props = {
  label: string
  value: readonly ChosenTag[]
  onChange: (tags: readonly ChosenTag[]) => void
  /** Text that is no tag yet, so that whoever saves does not lose it. */
  text: string
  onTextChange: (text: string) => void
  /** For whoever moves the focus to a field with a problem. */
  inputRef?: Ref<HTMLInputElement>
  /** Tags that the field takes at most; those it already has stay. */
  limit?: number
  /** Keys of the tags that are on their way to the server. */
  pending?: ReadonlySet<string>
  /** What is wrong with the tags, or undefined. */
  problem?: string | undefined
}

const sameTag = (one: ChosenTag, other: ChosenTag) => tagKey(one) === tagKey(other)

/** Chooses tags by typing: suggestions from memory, quick picks, new tags, and a paste of several at once. */
export function TagInput({
  label,
  value,
  onChange,
  text,
  onTextChange,
  inputRef,
  limit = 10,
  pending = new Set(),
  problem,
}: Props) {
  const inputId = useId()
  const hintId = useId()
  const query = firstName(text)
  const chosen = useMemo(() => new Set(value.flatMap(({ id }) => id ?? [])), [value])
  const found = useTagSuggestions(query, chosen)
  const { popular, suggestions, near, state, isAsking } = found
  const full = value.length >= limit
  const options = useMemo(
    () => (full ? [] : tagOptions({ query, popular, suggestions, near, isAsking, chosen: value })),
    [full, query, popular, suggestions, near, isAsking, value],
  )
  const [open, setOpen] = useState(false)
  const [news, setNews] = useState('')
  const root = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  useImperativeHandle<HTMLInputElement | null, HTMLInputElement | null>(inputRef, () => input.current)
  const list = useRef<Combobox.Root.Actions>(null)
  const composing = useRef(false)
  const endingComposition = useRef(false)
  const words = tagInputWords({ label, state, query, options, count: value.length, limit })
  const showList = open && !full && (options.length > 0 || state !== 'ready' || query !== '')

  useEffect(() => {
    // Without Combobox.Popup nobody else tells Base UI that a closed list is gone.
    if (!showList) list.current?.unmount()
  }, [showList])

  /** @returns the names of those that the field has no room for */
  function add(tags: readonly ChosenTag[]): string[] {
    const more = tags.filter((tag, place) => tags.findIndex((other) => sameTag(tag, other)) === place)
    const fresh = more.filter((tag) => !value.some((other) => sameTag(tag, other)))
    const fitting = fresh.slice(0, Math.max(0, limit - value.length))
    if (fitting.length > 0)
      onChange([...value, ...fitting.map(({ id, name, category }) => ({ id, name, category }))])
    setNews(
      words.added(
        fitting.map(({ name }) => name),
        fresh.length - fitting.length,
      ),
    )
    return fresh.slice(fitting.length).map(({ name }) => name)
  }

  /** Known names become tags; what is none, and what there is no room for, stays as text. */
  function takeNames(from: string, how: 'typing' | 'paste'): string {
    const { found: tags, rest } = takeKnown(from, how, found.find)
    const left = tags.length > 0 ? add(tags) : []
    const stays = [...left, rest].filter(Boolean).join(', ')
    onTextChange(stays)
    return stays
  }

  function change(next: readonly ChosenTag[]): void {
    const added = next.filter((tag) => !value.some((other) => sameTag(tag, other)))
    if (added.length > 0) {
      if (composing.current) endComposition()
      add(added)
      onTextChange(withoutFirst(text))
      return
    }
    const removed = value.filter((tag) => !next.some((other) => sameTag(tag, other)))
    setNews(words.removed(removed.map(({ name }) => name)))
    onChange(next)
  }

  /**
   * Picking with the mouse leaves the field composing, and the half-composed text in it (Base UI #5574). Losing the focus
   * ends the composition; the text that it leaves behind is not taken.
   */
  function endComposition(): void {
    endingComposition.current = true
    input.current?.blur()
    input.current?.focus()
    endingComposition.current = false
  }

  function type(next: string): void {
    if (!hasSeparator(next)) {
      onTextChange(next)
      return
    }
    takeNames(next, 'typing')
  }

  function paste(event: ClipboardEvent<HTMLInputElement>): void {
    const pasted = event.clipboardData.getData('text')
    if (!hasSeparator(pasted)) return
    event.preventDefault()
    const { selectionStart, selectionEnd } = event.currentTarget
    const before = text.slice(0, selectionStart ?? text.length)
    if (takeNames(`${before}${pasted}${text.slice(selectionEnd ?? text.length)}`, 'paste')) setOpen(true)
  }

  function keyDown(event: KeyboardEvent<HTMLInputElement> & { preventBaseUIHandler: () => void }): void {
    // A form is sent by its button: here Enter chooses a tag, and a second one in a row must not save by surprise.
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      if (query !== '' && !open) setOpen(true)
      // Nothing to choose yet: the list stays open for what comes.
      if (isAsking && options.length === 0) event.preventBaseUIHandler()
    }
  }

  return (
    <div className={styles.tagInput} data-catalogue={state} ref={root}>
      <Combobox.Root<ChosenTag, true, TagOption>
        multiple
        autoHighlight
        id={inputId}
        items={options}
        filter={null}
        value={value}
        isItemEqualToValue={sameTag}
        itemToStringLabel={(tag) => tag.name}
        onValueChange={(next, details) => {
          // Escape in a closed field would take every tag away.
          if (details.reason === 'escape-key') details.cancel()
          else change(next)
        }}
        inputValue={text}
        onInputValueChange={(next, { reason }) => {
          // Base UI also empties the field when its list closes; this one keeps what is no tag yet.
          if (reason === 'input-change' && !endingComposition.current) type(next)
          if (reason === 'escape-key') onTextChange('')
        }}
        open={showList}
        onOpenChange={setOpen}
        actionsRef={list}
      >
        <label className={styles.label} htmlFor={inputId}>
          {label}
        </label>
        <Combobox.Chips className={styles.field} aria-label={value.length > 0 ? label : undefined}>
          {value.map((tag) => (
            <ChosenTagChip key={tagKey(tag)} tag={tag} pending={pending.has(tagKey(tag))} />
          ))}
          <Combobox.Input
            ref={input}
            className={styles.input}
            placeholder={value.length === 0 ? 'Type a tag' : undefined}
            aria-describedby={hintId}
            aria-invalid={problem !== undefined || undefined}
            enterKeyHint="enter"
            maxLength={1000}
            onPaste={paste}
            onBlur={({ relatedTarget }) => {
              if (!root.current?.contains(relatedTarget) && !endingComposition.current) setOpen(false)
            }}
            onKeyDown={keyDown}
            onCompositionStart={() => {
              composing.current = true
            }}
            onCompositionEnd={() => {
              composing.current = false
            }}
          />
        </Combobox.Chips>
        {/* Neither Combobox.Popup, which hides the rest of the page from screen readers, this field's label and chips too,
        nor its Positioner, which measures the page at every key: below the field is where it belongs. */}
        {showList && (
          <div className={styles.anchor}>
            <div className={styles.popup}>
              {words.heading && <p className={styles.heading}>{words.heading}</p>}
              <TagInputNote words={words.note} />
              <Combobox.List className={styles.list} aria-label={label}>
                {(option: TagOption, place: number) => (
                  <TagOptionRow
                    // By its place: a row that changes its words is drawn in half the time that a new one takes.
                    key={place}
                    option={option}
                    newWords={option.kind === 'new' ? words.newTag(option.name) : ''}
                  />
                )}
              </Combobox.List>
            </div>
          </div>
        )}
      </Combobox.Root>
      <div id={hintId} className={problem === undefined ? styles.hint : styles.problem}>
        {problem ?? words.hint}
        {state === 'failed' && (
          <button type="button" className={styles.again} onClick={found.retry}>
            Try again
          </button>
        )}
      </div>
      {/* Always here: a region that comes with its words is not read out (Base UI #4250). */}
      <div className="visually-hidden" role="status">
        {showList ? words.guidance : ''}
      </div>
      <div className="visually-hidden" role="status">
        {news}
      </div>
    </div>
  )
}
