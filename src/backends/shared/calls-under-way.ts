/**
 * What a tab has asked and not been told yet. When the connection changes hands it is asked again,
 * as far as that does no harm.
 */
import { callLost, ErrorCode, IMError, invalidParameter } from '../../model/errors.js'
import { isRepeatable, type CallName } from './session-calls.js'
import { fromPlain, type Answer, type Epoch, type Request } from './tab-messages.js'

interface Call {
  name: CallName
  values: readonly unknown[]
  isAsked: boolean
  resolve: (value: unknown) => void
  reject: (reason: IMError) => void
  onProgress: ((percent: number) => void) | undefined
}

type Ask = (request: Request) => void

export class CallsUnderWay {
  readonly #from: string
  #calls = new Map<number, Call>()
  #lastId = 0
  #epoch: Epoch = ''
  /** Nobody holds the connection: calls wait. */
  #ask: Ask | undefined
  /** The session is over: no call is made any more. */
  #ended: IMError | undefined

  constructor(from: string) {
    this.#from = from
  }

  newId(): number {
    return (this.#lastId += 1)
  }

  make(
    name: CallName,
    values: readonly unknown[],
    { id = this.newId(), onProgress }: { id?: number; onProgress?: Call['onProgress'] } = {},
  ): Promise<unknown> {
    if (this.#ended) return Promise.reject(this.#ended)
    return new Promise((resolve, reject) => {
      const call: Call = { name, values, isAsked: false, resolve, reject, onProgress }
      this.#calls.set(id, call)
      this.#askFor(id, call)
    })
  }

  /** Nothing more is wanted of a call or stream. @param reason for whoever waits for it still */
  drop(id: number, reason?: IMError): void {
    if (reason) this.#take(id)?.reject(reason)
    this.#ask?.({ kind: 'drop', from: this.#from, id })
  }

  answered(answer: Answer): void {
    if (answer.epoch !== this.#epoch) return
    if ('progress' in answer) this.#calls.get(answer.id)?.onProgress?.(answer.progress)
    else if ('error' in answer) this.#take(answer.id)?.reject(fromPlain(answer.error))
    else this.#take(answer.id)?.resolve(answer.value)
  }

  /** Another tab holds the connection, or this one does. */
  goTo(epoch: Epoch, ask: Ask): void {
    this.#epoch = epoch
    this.#ask = ask
    for (const [id, call] of [...this.#calls]) {
      if (!call.isAsked || isRepeatable(call.name)) this.#askFor(id, call)
      else this.#take(id)!.reject(new IMError(ErrorCode.RC_NET_CHANNEL_INVALID, unknownOutcome))
    }
  }

  end(reason: IMError): void {
    this.#ended = reason
    this.#ask = undefined
    for (const id of [...this.#calls.keys()]) this.#take(id)!.reject(callLost(reason))
  }

  #askFor(id: number, call: Call): void {
    if (!this.#ask) return
    call.isAsked = true
    const { name, values } = call
    try {
      this.#ask({ kind: 'call', from: this.#from, id, name, values, sentTime: Date.now() })
    } catch (error) {
      this.#take(id)!.reject(
        invalidParameter(`${name} was given what can't be sent: ${String(error)}`),
      )
    }
  }

  #take(id: number): Call | undefined {
    const call = this.#calls.get(id)
    this.#calls.delete(id)
    return call
  }
}

const unknownOutcome =
  'The connection was handed to another tab meanwhile. Whether this was done is not known: look before doing it again.'
