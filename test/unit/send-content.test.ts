import { expect } from '@open-wc/testing'
import { EVERYONE, fileFieldOf, fileMessage, textMessage } from '../../src/kit/send-content.js'
import { MentionedType } from '../../src/model/content.js'
import { MessageType, MessageTypeRegistry } from '../../src/model/message-types.js'
import { aMessage } from '../support/a-message.js'

describe('what is sent', () => {
  const types = new MessageTypeRegistry()

  it('is a text', () => {
    const message = textMessage({ text: 'hi' })
    expect(message.messageType).to.equal(MessageType.TEXT)
    expect(message.content).to.deep.equal({ content: 'hi' })
  })

  it('names those who are mentioned once each, or all', () => {
    const ann = { id: 'ann', name: 'Ann' }
    const some = textMessage({ text: '@Ann @Ann', mentions: [ann, ann] }).content.mentionedInfo
    expect(some).to.include({ type: MentionedType.SINGAL })
    expect(some!.userIdList).to.deep.equal(['ann'])
    const all = textMessage({ text: '', mentions: [ann, { id: EVERYONE, name: 'Everyone' }] })
    expect(all.content.mentionedInfo).to.include({ type: MentionedType.ALL })
    expect(all.content.mentionedInfo!.userIdList).to.deep.equal(['ann'])
  })

  it('quotes a message without its mentions, and of a reply only its text', () => {
    const mentionedInfo = { type: MentionedType.ALL }
    const quoted = aMessage({ content: { content: 'before', mentionedInfo } })
    const reply = textMessage({ text: 'after', reference: quoted })
    expect(reply.messageType).to.equal(MessageType.REFERENCE)
    expect(reply.content).to.deep.equal({
      content: 'after',
      referMsgUserId: 'bob',
      referMsgUid: quoted.messageUId,
      referMsg: { content: 'before' },
      objName: MessageType.TEXT,
    })
    const { messageType, content } = reply
    const again = textMessage({ text: 'more', reference: aMessage({ messageType, content }) })
    expect(again.content).to.deep.include({
      referMsg: { content: 'after' },
      objName: MessageType.TEXT,
    })
  })

  it('is a file with its extension as type', () => {
    const typeOf = (name: string) => fileMessage(new File(['abc'], name)).content.type
    expect(typeOf('a.tar.GZ')).to.equal('gz')
    expect(typeOf('README')).to.equal('')
    expect(typeOf('.hidden')).to.equal('')
    const message = fileMessage(new File(['abc'], 'a.txt'))
    expect(message.content).to.include({ name: 'a.txt', size: 3 })
    expect(types.isWellFormed(message.messageType, message.content)).to.be.true
  })

  it('knows where the address of a file goes, for its own types only', () => {
    expect(fileFieldOf(MessageType.IMAGE)).to.equal('imageUri')
    expect(fileFieldOf(MessageType.FILE)).to.equal('fileUrl')
    expect(fileFieldOf(MessageType.TEXT)).to.be.undefined
    expect(fileFieldOf('constructor')).to.be.undefined
  })
})
