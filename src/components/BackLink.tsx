import { Link } from 'react-router'
import styles from './BackLink.module.css'
import { Icon } from './Icon.tsx'

type Props = { to: string; children: string }

export function BackLink({ to, children }: Props) {
  return (
    <nav aria-label="Back">
      <Link to={to} className={styles.back}>
        <Icon name="back" />
        {children}
      </Link>
    </nav>
  )
}
