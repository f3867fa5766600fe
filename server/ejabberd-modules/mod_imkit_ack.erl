%% mod_imkit_ack: tells a sender what the archive made of his message.
%% Copyright (C) 2026 the imkit authors
%%
%% This program is free software; you can redistribute it and/or modify it under the terms of the
%% GNU General Public License as published by the Free Software Foundation; either version 2 of the
%% License, or (at your option) any later version. It comes WITHOUT ANY WARRANTY; see LICENSE.
%%
%% A message to a user is stored in two archives, the sender's and the receiver's. The server tells
%% the receiver the id it has in his; the sender it tells nothing. So when both have it, this returns
%% to the device that sent it
%%
%%   <message type='headline'><ack xmlns='urn:imkit:0' id='...' stanza-id='...' time='...'/></message>
%%
%% with the id that the message was sent under, the id it has in the sender's archive, and the
%% server's time in Unix milliseconds. What was acknowledged outlives a server that is killed.
%% Messages to a room come back from the room with all of that, those to one of its members alone are
%% acknowledged as those to a user. Clients see `urn:imkit:0:ack` among
%% the server's features.

-module(mod_imkit_ack).
-behaviour(gen_mod).

-export([start/2, stop/1, reload/3, depends/2, mod_options/1, mod_doc/0]).
-export([user_send_packet/1, user_receive_packet/1, offline_message/1, disco_features/5]).
-export([acknowledge/1]).

-include("xmpp.hrl").

-define(NS_IMKIT, <<"urn:imkit:0">>).
-define(FEATURE, <<"urn:imkit:0:ack">>).

start(Host, _Opts) ->
    each_hook(fun(Hook, Function, Priority) ->
                      ejabberd_hooks:add(Hook, Host, ?MODULE, Function, Priority)
              end).

stop(Host) ->
    each_hook(fun(Hook, Function, Priority) ->
                      ejabberd_hooks:delete(Hook, Host, ?MODULE, Function, Priority)
              end).

%% mod_mam stores the sender's copy at 88, the receiver's at 88 when he is there and at 49 when he
%% is away.
each_hook(Do) ->
    Do(user_send_packet, user_send_packet, 95),
    Do(user_receive_packet, user_receive_packet, 95),
    Do(offline_message_hook, offline_message, 60),
    Do(disco_local_features, disco_features, 50),
    ok.

reload(_Host, _NewOpts, _OldOpts) -> ok.
depends(_Host, _Opts) -> [{mod_mam, hard}].
mod_options(_Host) -> [].
mod_doc() -> #{}.

disco_features({result, Features}, _From, _To, <<"">>, _Lang) -> {result, [?FEATURE | Features]};
disco_features(empty, _From, _To, <<"">>, _Lang) -> {result, [?FEATURE]};
disco_features(Acc, _From, _To, _Node, _Lang) -> Acc.

user_send_packet({#message{id = Id, type = Type, to = To} = Packet, #{jid := JID} = C2S} = Acc)
  when Id /= <<>>, Type /= groupchat ->
    case xmpp:get_meta(Packet, stanza_id, undefined) of
        undefined ->
            Acc;
        StanzaId ->
            Marked = xmpp:put_meta(Packet, ?MODULE, {JID, Id, StanzaId}),
            case is_for_user(To) orelse is_through_room(To) of
                true -> {Marked, C2S};
                false -> {acknowledge(Marked), C2S}
            end
    end;
user_send_packet(Acc) ->
    Acc.

%% All devices of a receiver get it; one of them is enough.
user_receive_packet({#message{meta = #{sm_copy := true}}, _C2S} = Acc) -> Acc;
user_receive_packet({#message{} = Packet, C2S}) -> {acknowledge(Packet), C2S};
user_receive_packet(Acc) -> Acc.

offline_message({Action, #message{} = Packet}) -> {Action, acknowledge(Packet)};
offline_message(Acc) -> Acc.

%% Users have an archive here; rooms and components answer for themselves.
is_for_user(undefined) -> true;
is_for_user(#jid{luser = User, lserver = Server}) ->
    User /= <<>> andalso ejabberd_router:is_my_host(Server).

%% To one member of a room alone.
is_through_room(#jid{lresource = Nick, lserver = Server}) ->
    Nick /= <<>> andalso not ejabberd_router:is_my_host(Server);
is_through_room(_) ->
    false.

acknowledge(Packet) ->
    case xmpp:get_meta(Packet, ?MODULE, undefined) of
        undefined ->
            Packet;
        {JID, Id, StanzaId} ->
            ejabberd_router:route(ack(JID, Id, StanzaId)),
            xmpp:del_meta(Packet, ?MODULE)
    end.

%% Archive ids are microseconds.
ack(JID, Id, StanzaId) ->
    Ack = #xmlel{name = <<"ack">>,
                 attrs = [{<<"xmlns">>, ?NS_IMKIT},
                          {<<"id">>, Id},
                          {<<"stanza-id">>, integer_to_binary(StanzaId)},
                          {<<"time">>, integer_to_binary(StanzaId div 1000)}]},
    #message{type = headline,
             from = jid:remove_resource(JID),
             to = JID,
             sub_els = [Ack, #hint{type = 'no-store'}, #hint{type = 'no-copy'}]}.
