// Keys of this test run, for signing pushes.

import webPush from 'web-push'

export const vapidKeys = webPush.generateVAPIDKeys()
