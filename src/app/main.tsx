// The base comes before every component's own style sheet, so that those win.
import './styles/fonts.css'
import './styles/tokens.css'
import './styles/base.css'

import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startMonitoring } from '../features/monitoring/index.ts'
import { startTracking } from '../features/tags/index.ts'
import { readEnv } from '../lib/env.ts'
import { App } from './App.tsx'
import { ConfigProblemPage } from './pages/ConfigProblemPage.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has lost its #root element.')

const configuration = readEnv()
if (configuration.ok) {
  startMonitoring(configuration.env)
  startTracking()
}
createRoot(root).render(
  <StrictMode>
    {configuration.ok ? <App /> : <ConfigProblemPage problems={configuration.problems} />}
  </StrictMode>,
)
