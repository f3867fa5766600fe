/** What a test gives its pages before they load: support/test.ts. */
export interface TestSetting {
  /** Whether the service knows the names of its users. */
  hasProfiles: boolean
  /** The real server to run on; without one it is the embedded service. */
  server?: TestedServer
}

export interface TestedServer {
  /** of its WebSocket */
  url: string
  domain: string
  /** by user */
  tokens: Record<string, string>
}

declare global {
  interface Window {
    testSetting: TestSetting
    /** What a server says in the system conversation of a user. */
    sendAsServer: (userId: string, message: object) => Promise<void>
  }
}
