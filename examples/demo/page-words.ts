/** What the page around the chats says, in the kit's two languages. */
export interface PageWords {
  tagline: string
  taglineOnServer: string
  theme: string
  light: string
  dark: string
  auto: string
  language: string
  direction: string
  leftToRight: string
  rightToLeft: string
  people: string
  openAsCarol: string
  openAlone: (name: string) => string
  startOver: string
  startOverDetail: string
  online: string
  offline: string
  connecting: string
  elsewhere: string
  invite: string
  invitation: string
  answerWithThumb: string
  acceptInvitation: string
  accepted: string
  failed: string
  failedOnServer: string
}

export const pageWords: Readonly<Record<'en' | 'zh_CN', PageWords>> = {
  en: {
    tagline: 'Three tags, two people, no server: everything here lives in your browser.',
    taglineOnServer:
      'Three tags, two people, one server: reload, open it elsewhere, it is all there.',
    theme: 'Theme',
    light: 'Light',
    dark: 'Dark',
    auto: 'Auto',
    language: 'Language',
    direction: 'Direction',
    leftToRight: 'Left to right',
    rightToLeft: 'Right to left',
    people: 'People',
    openAsCarol: 'Join as Carol in a new tab',
    openAlone: (name) => `Open ${name} in a tab of their own`,
    startOver: 'Start over',
    startOverDetail: 'Delete all messages of this demo and start from the beginning?',
    online: 'Online',
    offline: 'Offline',
    connecting: 'Connecting…',
    elsewhere: 'Logged in elsewhere',
    invite: 'Send an invitation',
    invitation: 'Invitation',
    answerWithThumb: 'Answer with 👍',
    acceptInvitation: 'Accept the invitation',
    accepted: 'I’ll be there!',
    failed:
      'This browser gives the page no storage. Leave private mode, or allow site data, and load it again.',
    failedOnServer: 'The server does not answer, or the browser gives the page no storage.',
  },
  zh_CN: {
    tagline: '三个标签，两个人，没有服务器：所有内容都保存在你的浏览器里。',
    taglineOnServer: '三个标签，两个人，一台服务器：刷新页面或换个地方打开，内容都在。',
    theme: '主题',
    light: '浅色',
    dark: '深色',
    auto: '自动',
    language: '语言',
    direction: '方向',
    leftToRight: '从左到右',
    rightToLeft: '从右到左',
    people: '用户',
    openAsCarol: '在新标签页中以 Carol 的身份加入',
    openAlone: (name) => `在单独的标签页中打开 ${name}`,
    startOver: '重新开始',
    startOverDetail: '删除此演示中的所有消息并重新开始？',
    online: '在线',
    offline: '离线',
    connecting: '连接中…',
    elsewhere: '已在别处登录',
    invite: '发送邀请',
    invitation: '邀请',
    answerWithThumb: '回复 👍',
    acceptInvitation: '接受邀请',
    accepted: '我会准时参加！',
    failed: '浏览器没有为此页面提供存储空间。请退出无痕模式或允许网站数据，然后重新加载。',
    failedOnServer: '服务器没有响应，或浏览器没有为此页面提供存储空间。',
  },
}
