import { type ComponentProps, type ReactNode, useId } from 'react'
import { Icon } from './Icon.tsx'
import styles from './SearchBox.module.css'

type Props = Omit<ComponentProps<'input'>, 'className' | 'id' | 'type' | 'onChange'> & {
  label: string
  onText: (text: string) => void
  /** The focus went elsewhere than into what opens below the field. */
  onLeave?: () => void
  /** What opens below the field. */
  children?: ReactNode
}

/** Where a search is typed; Escape empties it. */
export function SearchBox({ label, onText, onLeave, children, onKeyDown, ...input }: Props) {
  const id = useId()
  return (
    <search
      className={styles.search}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) onLeave?.()
      }}
    >
      <label htmlFor={id} className="visually-hidden">
        {label}
      </label>
      <Icon name="search" />
      <input
        placeholder={label}
        autoComplete="off"
        enterKeyHint="search"
        {...input}
        id={id}
        className={styles.input}
        type="search"
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          onKeyDown?.(event)
          if (event.key !== 'Escape' || event.currentTarget.value === '' || event.nativeEvent.isComposing)
            return
          event.preventDefault()
          onText('')
        }}
      />
      {children}
    </search>
  )
}
