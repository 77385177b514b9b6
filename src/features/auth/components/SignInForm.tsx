import { useId } from 'react'
import { Button } from '../../../components/Button.tsx'
import { Notice } from '../../../components/Notice.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { useSignIn } from '../queries/useSignIn.ts'
import { signInProblem } from '../signInProblem.ts'
import styles from './SignInForm.module.css'

/** Whoever shows it notices the signed-in person and moves on. */
export function SignInForm() {
  const signIn = useSignIn()
  const problemId = useId()

  function submit(form: FormData) {
    const email = String(form.get('email') ?? '').trim()
    const password = String(form.get('password') ?? '')
    signIn.mutate({ email, password })
  }

  return (
    <form
      className={styles.form}
      aria-describedby={problemId}
      onSubmit={(event) => {
        // Not `action={submit}`: React empties the form after an action, and a typo would cost the email too.
        event.preventDefault()
        submit(new FormData(event.currentTarget))
      }}
    >
      <TextField label="Email" name="email" type="email" autoComplete="username" required />
      <TextField label="Password" name="password" type="password" autoComplete="current-password" required />
      <div id={problemId} role="alert">
        {signIn.isError && <Notice tone="problem" title="Not signed in" text={signInProblem(signIn.error)} />}
      </div>
      <Button kind="primary" type="submit" busy={signIn.isPending}>
        {signIn.isPending ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  )
}
