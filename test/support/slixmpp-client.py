"""A client of another make: slixmpp, told what to do by lines of JSON and telling what it sees by them.

Arguments: address, token, port on this machine. A line in is {"id", "do", ...}; a line out is
{"id", "result"} or {"id", "error"} for it, or {"event", ...} for what has come.
"""

import asyncio
import io
import json
import sys

from slixmpp import ClientXMPP, JID

address, token, port = sys.argv[1], sys.argv[2], int(sys.argv[3])


def tell(**line):
    print(json.dumps(line), flush=True)


class Client(ClientXMPP):
    def __init__(self):
        super().__init__(address, token)
        for plugin in ('0030', '0045', '0066', '0085', '0308', '0333', '0359', '0424'):
            self.register_plugin(f'xep_{plugin}')
        # Named, for its own way to look for the service fails on Python 3.11.
        self.register_plugin('xep_0363', {'upload_service': JID(f'upload.{self.boundjid.domain}')})
        # Asks for receipts, and gives them to who asks.
        self.register_plugin('xep_0184', {'auto_request': True, 'auto_ack': True})
        self['feature_mechanisms'].unencrypted_plain = True
        self.add_event_handler('session_start', self.begin)
        self.add_event_handler('failed_all_auth', lambda _: tell(event='refused'))
        self.add_event_handler('message', self.heard('message'))
        self.add_event_handler('groupchat_message', self.heard('groupchat_message'))
        self.add_event_handler('message_correction', self.heard('correction'))
        self.add_event_handler('message_retract', self.heard('retraction'))
        self.add_event_handler('receipt_received', self.heard('receipt'))
        self.add_event_handler('marker_displayed', self.heard('displayed'))
        self.add_event_handler('chatstate_composing', self.heard('composing'))

    async def begin(self, _):
        self.send_presence()
        tell(event='online')

    def heard(self, event):
        def listener(message):
            seen = {
                'from': message['from'].full,
                'messageId': message['id'],
                'body': message['body'],
                'url': message['oob']['url'],
                'replaces': message['replace']['id'],
                'retracts': message['apply_to']['id'],
                'receipt': message['receipt'],
                'displayed': message['displayed']['id'],
                'place': message['stanza_id']['id'],
            }
            tell(event=event, **{name: value for name, value in seen.items() if value})

        return listener

    def say(self, to, body, type='chat', replaces=None, url=None):
        message = self.make_message(mto=to, mbody=body, mtype=type)
        message['id'] = self.new_id()
        if type == 'chat':
            message.enable('markable')
        if replaces:
            message['replace']['id'] = replaces
        if url:
            message['oob']['url'] = url
        message.send()
        return message['id']

    def displayed(self, to, messageId):
        self['xep_0333'].send_marker(JID(to), messageId, 'displayed')

    def retract(self, to, messageId, type='chat'):
        self['xep_0424'].send_retraction(JID(to), messageId, type)

    async def upload(self, name, text):
        data = text.encode()
        return await self['xep_0363'].upload_file(name, len(data), input_file=io.BytesIO(data))

    async def enter(self, room, nick):
        await self['xep_0045'].join_muc_wait(JID(room), nick, maxstanzas=0, timeout=10)


async def obey(client, line):
    order = json.loads(line)
    id, action = order.pop('id'), order.pop('do')
    try:
        result = getattr(client, action)(**order)
        tell(id=id, result=await result if asyncio.iscoroutine(result) else result)
    except Exception as error:
        tell(id=id, error=f'{type(error).__name__}: {error}')


async def main():
    client = Client()
    client.connect(('127.0.0.1', port), force_starttls=False, disable_starttls=True)
    lines = asyncio.StreamReader()
    await client.loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        await obey(client, line)
    client.disconnect()


asyncio.get_event_loop().run_until_complete(main())
