import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import 'imkit/themes/imkit.css'
import './style.css'

export const metadata: Metadata = { title: 'imkit in Next.js', icons: 'data:,' }

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <body>{children}</body>
    </html>
  )
}
