import type { NextConfig } from 'next'

const config: NextConfig = {
  // The lock file that counts is the one in this folder.
  turbopack: { root: import.meta.dirname },
  outputFileTracingRoot: import.meta.dirname,
}

export default config
