/**
 * The name a file gets on the server. Servers tell the type of a file by its ending alone, so one
 * that has none gets that of its type.
 */
export function fileName(name: string, type: string): string {
  const plain = name.replace(/[/\\]/g, '_').trim() || 'file'
  if (/\.[a-z0-9]{1,8}$/i.test(plain)) return plain
  const [, kind = ''] = /^[a-z]+\/(?:x-)?([a-z0-9]+)/i.exec(type) ?? []
  const ending = endings[type.split(';')[0]!.toLowerCase()] ?? kind.toLowerCase()
  return ending ? `${plain}.${ending}` : plain
}

/** Where the ending is not what stands behind the slash. */
const endings: Readonly<Record<string, string>> = {
  'application/octet-stream': '',
  'application/msword': 'doc',
  'application/gzip': 'gz',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'image/jpeg': 'jpg',
  'text/plain': 'txt',
  'text/javascript': 'js',
  'video/quicktime': 'mov',
}
