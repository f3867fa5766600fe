/** Stands in for the system's notifications: remembers what would be on the screen. */

const original = Object.getOwnPropertyDescriptor(window, 'Notification')

export class FakeNotification {
  static permission: NotificationPermission = 'granted'
  /** All that were made, in order. */
  static shown: FakeNotification[] = []
  /** How often the user was asked. */
  static asked = 0

  static async requestPermission(): Promise<NotificationPermission> {
    FakeNotification.asked += 1
    FakeNotification.permission = 'granted'
    return FakeNotification.permission
  }

  static install(): void {
    Object.assign(FakeNotification, { permission: 'granted', shown: [], asked: 0 })
    Object.defineProperty(window, 'Notification', { value: FakeNotification, configurable: true })
  }

  static remove(): void {
    if (original) Object.defineProperty(window, 'Notification', original)
  }

  readonly body: string | undefined
  isClosed = false
  onclick: (() => void) | null = null
  onclose: (() => void) | null = null

  constructor(
    readonly title: string,
    options: NotificationOptions = {},
  ) {
    this.body = options.body
    FakeNotification.shown.push(this)
  }

  close(): void {
    this.isClosed = true
    this.onclose?.()
  }
}
