import { useState } from 'react'
import { Icon } from '../../components/Icon.tsx'
import { Menu } from '../../components/Menu.tsx'
import styles from './ThemeMenu.module.css'
import { applyThemeChoice, readThemeChoice, type ThemeChoice } from './themeChoice.ts'

const options: { choice: ThemeChoice; label: string }[] = [
  { choice: 'light', label: 'Light' },
  { choice: 'dark', label: 'Dark' },
  { choice: 'system', label: 'As the system' },
]

export function ThemeMenu() {
  const [choice, setChoice] = useState(readThemeChoice)
  return (
    <Menu label="Appearance" button={<Icon name="contrast" />}>
      <fieldset className={styles.options}>
        <legend className={styles.legend}>Appearance</legend>
        {options.map((option) => (
          <label key={option.choice} className={styles.option}>
            <input
              type="radio"
              name="appearance"
              checked={choice === option.choice}
              onChange={() => {
                setChoice(option.choice)
                applyThemeChoice(option.choice)
              }}
            />
            {option.label}
          </label>
        ))}
      </fieldset>
    </Menu>
  )
}
