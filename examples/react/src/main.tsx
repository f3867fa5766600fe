import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import 'imkit/themes/imkit.css'
import { App } from './App'
import './kit'
import './style.css'

createRoot(document.querySelector('#app')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
