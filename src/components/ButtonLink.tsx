import { Link } from 'react-router'
import styles from './Button.module.css'

type Props = { to: string; children: string }

/** Goes somewhere, so it is a link; it only looks like the other buttons beside it. */
export function ButtonLink({ to, children }: Props) {
  return (
    <Link to={to} className={`${styles.button}`}>
      {children}
    </Link>
  )
}
