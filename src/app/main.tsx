// The base comes before every component's own style sheet, so that those win.
import './styles/fonts.css'
import './styles/tokens.css'
import './styles/base.css'

import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startMonitoring } from '../features/monitoring/index.ts'
import { startTracking } from '../features/tags/index.ts'
import { readEnv } from '../lib/env.ts'
import { App } from './App.tsx'

const configuration = readEnv()
if (configuration.ok) {
  startMonitoring(configuration.env)
  startTracking()
  show(<App />)
} else {
  const { problems } = configuration
  // Whoever sets the songbook up sees it once; nobody else loads it.
  void import('./pages/ConfigProblemPage.tsx').then(({ ConfigProblemPage }) =>
    show(<ConfigProblemPage problems={problems} />),
  )
}

function show(page: ReactNode): void {
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has lost its #root element.')
  createRoot(root).render(<StrictMode>{page}</StrictMode>)
}
