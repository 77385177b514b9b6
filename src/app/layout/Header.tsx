import { Link, useLocation } from 'react-router'
import { Account } from '../../features/auth/index.ts'
import styles from './Header.module.css'
import { OfflineBadge } from './OfflineBadge.tsx'
import { signInAddress } from './signInAddress.ts'
import { ThemeMenu } from './ThemeMenu.tsx'

export function Header() {
  const location = useLocation()
  return (
    <header className={styles.header}>
      <div className={styles.inner}>
        <Link to="/" className={styles.title}>
          HSA Songbook
        </Link>
        <OfflineBadge />
        <ThemeMenu />
        <Account signInTo={signInAddress(location)} />
      </div>
    </header>
  )
}
