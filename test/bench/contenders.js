/**
 * @typedef {object} Contender
 * @property {string} id as `Contender` in page/contender.ts
 * @property {string} name in the tables
 * @property {string} page
 * @property {boolean} [isPeer] needs the packages of test/bench/package.json
 */

/** What the others are compared with. */
export const baseline = 'visible'

/** @type {Contender[]} */
export const contenders = [
  { id: 'ours', name: 'imkit', page: 'page/ours.html' },
  { id: 'visible', name: 'visible 30', page: 'page/visible.html' },
  { id: 'all', name: 'all, content-visibility', page: 'page/all.html' },
  { id: 'chatscope', name: 'chatscope 2.1', page: 'peers/chatscope.html', isPeer: true },
  { id: 'vaadin', name: 'vaadin 25.3', page: 'peers/vaadin.html', isPeer: true },
  {
    id: 'vue-advanced-chat',
    name: 'vue-advanced-chat 2.1',
    page: 'peers/vue-advanced-chat.html',
    isPeer: true,
  },
  {
    id: 'rongcloud',
    name: '@rongcloud/imkit 5.6, message-group',
    page: 'peers/rongcloud.html',
    isPeer: true,
  },
]
