/**
 * What the panel says. Beside it and not among the kit's words, which every page loads: this is
 * read by developers.
 */
const en = {
  panel: 'Debugging',
  connection: 'Connection',
  status: 'Status',
  user: 'User',
  nobody: 'Nobody is logged in',
  device: 'Device',
  capabilities: 'Capabilities',
  notStarted: 'imkit.init() has not been called yet.',
  outbox: 'Outbox',
  nothingWaits: 'Nothing waits to be sent',
  unsentSettings: 'Settings that wait',
  uploading: 'upload',
  refused: 'refused',
  database: 'Database',
  storage: 'Storage of this site',
  events: 'Events',
  noEvents: 'Nothing has happened since the panel was opened',
  clear: 'Clear',
}

export type DebugWords = typeof en

const zh: DebugWords = {
  panel: '调试',
  connection: '连接',
  status: '状态',
  user: '用户',
  nobody: '未登录',
  device: '设备',
  capabilities: '能力',
  notStarted: '尚未调用 imkit.init()。',
  outbox: '发件箱',
  nothingWaits: '没有待发送的内容',
  unsentSettings: '待同步的设置',
  uploading: '上传',
  refused: '被拒绝',
  database: '数据库',
  storage: '本站点占用的存储',
  events: '事件',
  noEvents: '面板打开后还没有事件',
  clear: '清空',
}

/** @param lang as the kit names it: `zh_CN`. What is neither Chinese nor English is told in English. */
export function debugWords(lang: string): DebugWords {
  return lang.startsWith('zh') ? zh : en
}
