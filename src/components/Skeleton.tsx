import styles from './Skeleton.module.css'

type Props = {
  /** CSS length of the text that will stand here. */
  width: string
}

/** One line of text that has not come yet, as high as the line it stands for. */
export function Skeleton({ width }: Props) {
  return <span className={styles.line} style={{ width }} aria-hidden="true" />
}
