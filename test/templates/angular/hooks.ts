// What Angular's compiler says of hooks. An error belongs on the line after each "wrong:".
import { imkit } from 'imkit'

imkit.init({
  appkey: 'types',
  customIntercept: {
    // wrong: what a hook gives
    interceptMessage: () => 'no',
  },
  service: {
    // wrong: what a callback gives
    getGroupMembers: () => 'all',
  },
})
