import { localToken } from 'imkit/backends/local'

/** With RongCloud the app's server gave the token; that of the embedded backend is made here. */
export async function getToken(userId) {
  return localToken(userId)
}
