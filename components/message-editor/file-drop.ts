import type { ReactiveController, ReactiveControllerHost } from 'lit'

/**
 * Files that are dragged over an element and dropped on it. Bind `onDragEnter`, `onDragOver`,
 * `onDragLeave` and `onDrop` to what takes them; `isOver` says when to show that it does.
 */
export class FileDrop implements ReactiveController {
  #host: ReactiveControllerHost
  #drop: (files: File[]) => void
  #isAllowed: () => boolean
  #isOver = false

  constructor(
    host: ReactiveControllerHost,
    options: { isAllowed(): boolean; drop(files: File[]): void },
  ) {
    this.#host = host
    this.#drop = options.drop
    this.#isAllowed = options.isAllowed
    host.addController(this)
  }

  hostDisconnected(): void {
    this.#setOver(false)
  }

  get isOver(): boolean {
    return this.#isOver
  }

  readonly onDragEnter = (event: DragEvent): void => {
    if (!this.#accepts(event)) return
    event.preventDefault()
    this.#setOver(true)
  }

  readonly onDragOver = (event: DragEvent): void => {
    if (!this.#accepts(event)) return
    event.preventDefault()
    event.dataTransfer!.dropEffect = 'copy'
    this.#setOver(true)
  }

  /**
   * Also comes when the pointer goes over from one element inside to another. WebKit does not say
   * to which; there the next `dragover` puts it right. https://bugs.webkit.org/show_bug.cgi?id=66547
   */
  readonly onDragLeave = (event: DragEvent): void => {
    const { relatedTarget, currentTarget } = event
    const isInside =
      relatedTarget instanceof Node && (currentTarget as Node).contains(relatedTarget)
    if (!isInside) this.#setOver(false)
  }

  readonly onDrop = (event: DragEvent): void => {
    if (!this.#accepts(event)) return
    event.preventDefault()
    this.#setOver(false)
    const files = filesOf(event.dataTransfer)
    if (files.length > 0) this.#drop(files)
  }

  /** Text that is dragged is the text field's own business. */
  #accepts(event: DragEvent): boolean {
    return this.#isAllowed() && Boolean(event.dataTransfer?.types.includes('Files'))
  }

  #setOver(isOver: boolean): void {
    if (isOver === this.#isOver) return
    this.#isOver = isOver
    this.#host.requestUpdate()
  }
}

/** The files of a drop or a paste; folders are left out, nobody can read them as one. */
export function filesOf(data: DataTransfer | null): File[] {
  return Array.from(data?.items ?? []).flatMap((item) => {
    if (item.kind !== 'file' || item.webkitGetAsEntry?.()?.isDirectory) return []
    return item.getAsFile() ?? []
  })
}

/**
 * The files of a paste, if they are what is meant: a table or a page copied in an office program
 * brings a picture of itself along with its text, while a copied file brings its name.
 */
export function pastedFiles(data: DataTransfer | null): File[] {
  const files = filesOf(data)
  const text = data?.getData('text/plain').trim() ?? ''
  const isNames = text
    .split(/[\r\n]+/)
    .every((line) => files.some(({ name }) => line.endsWith(name)))
  return text === '' || isNames ? files : []
}
