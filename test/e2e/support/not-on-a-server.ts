/** What of these specs is not run on a real server, and why. */

/** Which of them would be the same there, message for message. */
const files: Record<string, string> = {
  'demo.spec.ts': 'the demo has users and stories of its own in the embedded service',
  'ime.spec.ts': 'keys and the text field only',
  'keyboard.spec.ts': 'keys and focus only',
  'language.spec.ts': 'words on the screen only',
  'leaks.spec.ts': 'elements without anything to be sent',
  'loaded-when-needed.spec.ts': 'scripts that do not load, from where the page comes from',
  'scroll-invariants.spec.ts': 'movement on the screen; a minute of histories that are all stored',
  'storage.spec.ts': 'the browser’s database and what is wrong with it',
}

const tests: Record<string, string> = {
  'tells the time after five minutes of silence':
    'puts the clock of the page on; the time of a message is the server’s',
  'an upload that takes its time shows how far it is and can be stopped':
    'holds an upload in the database of the embedded service; test/unit/xmpp-files.test.ts has it',
  '5: a slow answer for a conversation that was left changes nothing':
    'holds back a question for older messages, where there are none the server is not asked',
  'a new device opens at the first unread message':
    'has more unread than a page, which a new device counts only where the server keeps a list',
  'answers a message with a quote that leads back to it':
    'begins at the first of 70 unread messages, as the one before',
}

export const notOnAServer = {
  testIgnore: Object.keys(files).map((file) => `**/${file}`),
  grepInvert: Object.keys(tests).map((title) => new RegExp(`${escaped(title)}$`)),
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
