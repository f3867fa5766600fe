/** What a file is, by its name: decides the colour of its card. */
export type FileKind =
  | 'archive'
  | 'audio'
  | 'code'
  | 'document'
  | 'image'
  | 'pdf'
  | 'slides'
  | 'table'
  | 'video'
  | 'other'

const endings: Record<Exclude<FileKind, 'other'>, string> = {
  archive: 'zip rar 7z gz tgz bz2 xz tar dmg iso jar apk',
  audio: 'mp3 wav aac m4a ogg oga opus flac amr mid',
  code: 'js ts jsx tsx json html css xml yml yaml py java c h cpp cs go rs rb php sh sql vue',
  document: 'doc docx odt rtf txt md pages wps tex',
  image: 'jpg jpeg png gif webp avif heic bmp svg tif tiff psd',
  pdf: 'pdf',
  slides: 'ppt pptx odp key',
  table: 'xls xlsx ods csv tsv numbers',
  video: 'mp4 mov avi mkv webm m4v wmv flv 3gp',
}

const kinds = new Map<string, FileKind>(
  Object.entries(endings).flatMap(([kind, list]) =>
    list.split(' ').map((ending) => [ending, kind as FileKind] as const),
  ),
)

/** What follows the last dot, in small letters; empty if there is none or it is too long for one. */
export function fileEnding(name: string): string {
  return /[^.]\.([^.\s/\\]{1,8})$/u.exec(name)?.[1]?.toLowerCase() ?? ''
}

export function fileKind(name: string): FileKind {
  return kinds.get(fileEnding(name)) ?? 'other'
}
