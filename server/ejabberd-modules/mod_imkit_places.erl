%% mod_imkit_places: one place for a message, whoever looks.
%% Copyright (C) 2026 the imkit authors
%%
%% This program is free software; you can redistribute it and/or modify it under the terms of the
%% GNU General Public License as published by the Free Software Foundation; either version 2 of the
%% License, or (at your option) any later version. It comes WITHOUT ANY WARRANTY; see LICENSE.
%%
%% A message between two users is stored in two archives, and mod_mam gives it another id in each.
%% Here it gets one id for both, so that the two see their conversation in one order. Those who
%% write to each other at the same moment take turns, for as long as it takes to store a message in
%% both archives, acknowledge it and hand it on: so it also arrives at both in that order.
%%
%% The two copies are stored in one transaction: a server that is killed has stored both or none. So
%% a sender who finds a message in his own archive need not ask whether it is in the other's.
%%
%% Messages that a session sends one after the other under the same id are one message to several
%% people, and have one place.
%%
%% What is said in a room to one member alone is kept by the two of them, as if it were from and to
%% <room>@whispers.<rooms>: mod_mam would look into the room's archive when asked for the room.
%%
%% What is said in a room carries who said it: <sender xmlns='urn:imkit:0' jid='...'/>. A nickname
%% is anybody's. (Rooms of this server are not anonymous.)
%%
%% <retract/> removes from an archive everything that has an id and is from or to the one who sends
%% it. Ids that begin with a name and a slash may be retracted by that user alone.
%%
%% That somebody has read (<displayed/>) is kept as if it were said to be: it is meant for all devices
%% of the other, and clients of other makes leave it to the server.

-module(mod_imkit_places).
-behaviour(gen_mod).
-behaviour(gen_server).

-export([start/2, stop/1, reload/3, depends/2, mod_options/1, mod_doc/0]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2]).
-export([begin_turn/1, store_mam_message/7, for_receiver/1]).
-export([user_receive_packet/1, offline_message/1]).
-export([c2s_handle_info/2]).
-export([muc_filter_message/3, disco_features/5]).

-include("xmpp.hrl").

-define(NS_IMKIT, <<"urn:imkit:0">>).
-define(FEATURE, <<"urn:imkit:0:places">>).
%% Milliseconds until somebody who does not get a turn goes on without.
-define(PATIENCE, 2000).

start(Host, Opts) ->
    each_hook(fun(Hook, Function, Priority) ->
                      ejabberd_hooks:add(Hook, Host, ?MODULE, Function, Priority)
              end),
    gen_mod:start_child(?MODULE, Host, Opts).

stop(Host) ->
    each_hook(fun(Hook, Function, Priority) ->
                      ejabberd_hooks:delete(Hook, Host, ?MODULE, Function, Priority)
              end),
    gen_mod:stop_child(?MODULE, Host).

%% mod_mam stores each copy at 88, through a hook of its own that it answers at 100, and takes the
%% sender's id out of the packet at 500.
each_hook(Do) ->
    Do(user_send_packet, begin_turn, 80),
    Do(store_mam_message, store_mam_message, 90),
    Do(user_send_packet, for_receiver, 600),
    Do(user_receive_packet, user_receive_packet, 80),
    Do(offline_message_hook, offline_message, 48),
    Do(c2s_handle_info, c2s_handle_info, 50),
    Do(muc_filter_message, muc_filter_message, 40),
    Do(disco_local_features, disco_features, 50),
    ok.

reload(_Host, _NewOpts, _OldOpts) -> ok.
depends(_Host, _Opts) -> [{mod_mam, hard}, {mod_imkit_ack, hard}].
mod_options(_Host) -> [].
mod_doc() -> #{}.

disco_features({result, Features}, _From, _To, <<"">>, _Lang) -> {result, [?FEATURE | Features]};
disco_features(empty, _From, _To, <<"">>, _Lang) -> {result, [?FEATURE]};
disco_features(Acc, _From, _To, _Node, _Lang) -> Acc.

%% In the sender's session.

begin_turn({#message{type = Type} = Packet, C2S}) when Type == groupchat; Type == error ->
    {Packet, end_turn(C2S)};
begin_turn({#message{id = Id, to = To} = Packet0, #{jid := JID, lserver := Host} = C2S0}) ->
    C2S = end_turn(C2S0),
    Packet1 = without_others_retraction(xmpp:del_meta(Packet0, stanza_id), JID),
    Packet = with_reading_kept(Packet1),
    case C2S of
        #{?MODULE := {Id, Place}} when Id /= <<>> ->
            {whisper(at_place(Packet, Place), JID, To), C2S};
        _ ->
            Pair = lists:sort([address(JID), address(To)]),
            case is_kept(Packet) of
                true ->
                    {Turn, Place} = take_turn(Host, Pair),
                    self() ! {?MODULE, turn_is_over, Turn},
                    {whisper(at_place(Packet, Place), JID, To),
                     C2S#{?MODULE => {Id, Place}, imkit_turn => Turn}};
                false ->
                    {Packet, C2S}
            end
    end;
begin_turn({Packet, C2S}) ->
    {Packet, end_turn(C2S)}.

%% Both copies instead of the sender's alone. That it was so is noted for `for_receiver`, which gets
%% the packet from mod_mam and not from here.
store_mam_message(#message{from = From, to = To} = Packet, User, Server, Peer, Nick, chat, send)
  when To /= undefined, To#jid.lserver == Server, To#jid.luser /= User ->
    case xmpp:get_meta(Packet, ?MODULE, undefined) of
        undefined ->
            Packet;
        Place ->
            case is_received(To, Packet) of
                true ->
                    Store = fun() ->
                        mod_mam:store_mam_message(Packet, User, Server, Peer, Nick, chat, send),
                        mod_mam:store_mam_message(Packet, To#jid.luser, Server, From, <<>>, chat,
                                                  recv)
                    end,
                    {atomic, _} = ejabberd_sql:sql_transaction(Server, Store),
                    push(Packet, To#jid.luser, Server, From),
                    put(?MODULE, Place),
                    {stop, Packet};
                false ->
                    Packet
            end
    end;
store_mam_message(Packet, _User, _Server, _Peer, _Nick, _Type, _Direction) ->
    Packet.

%% Listens to the hook, which the receiver's copy has not gone through.
push(Packet, User, Server, Peer) ->
    case gen_mod:is_loaded(Server, mod_push) of
        true -> mod_push:mam_message(Packet, User, Server, Peer, <<>>, chat, recv);
        false -> ok
    end.

for_receiver({#message{to = To} = Packet, C2S} = Acc) ->
    case xmpp:get_meta(Packet, ?MODULE, undefined) of
        undefined ->
            Acc;
        Place ->
            Placed = xmpp:put_meta(Packet, stanza_id, Place),
            case erase(?MODULE) == Place orelse is_to_oneself(Placed, C2S) of
                true ->
                    Stored = xmpp:put_meta(Placed, imkit_stored, true),
                    {mod_imkit_ack:acknowledge(marked(Stored, To)), C2S};
                false ->
                    {Placed, C2S}
            end
    end;
for_receiver(Acc) ->
    Acc.

%% What somebody writes to himself is in his archive already.
is_to_oneself(#message{to = To} = Packet, #{jid := JID}) ->
    To /= undefined andalso xmpp:get_meta(Packet, mam_archived, false) andalso
        address(JID) == address(To).

%% Whether there is somebody who wants it.
is_received(#jid{luser = User, lserver = Server} = To, Packet) ->
    User /= <<>> andalso
        (ejabberd_sm:get_user_resources(User, Server) /= [] orelse
         ejabberd_auth:user_exists(User, Server)) andalso
        allow == ejabberd_hooks:run_fold(privacy_check_packet, Server, allow, [To, Packet, in]).

%% As mod_mam marks what it has stored: it does not do so again.
marked(Packet, Owner) ->
    By = jid:remove_resource(Owner),
    Id = integer_to_binary(xmpp:get_meta(Packet, stanza_id)),
    xmpp:set_els(Packet, [#mam_archived{by = By, id = Id}, #stanza_id{by = By, id = Id}
                          | xmpp:get_els(Packet)]).

%% What is said in a room to one member alone, on its way to the room and from it.

whisper(Packet, JID, Peer) ->
    case is_whisper(Packet, JID, Peer) of
        true -> marked(stored_apart(Packet, JID, Peer, send), JID);
        false -> Packet
    end.

user_receive_packet({#message{from = Peer} = Packet, #{jid := JID} = C2S} = Acc) ->
    case is_whisper(Packet, JID, Peer) of
        true -> {marked(stored_apart(Packet, JID, Peer, recv), JID), C2S};
        false -> Acc
    end;
user_receive_packet(Acc) ->
    Acc.

is_whisper(#message{type = Type} = Packet, #jid{lserver = Host},
           #jid{lserver = Server, lresource = Nick}) ->
    Nick /= <<>> andalso Server /= Host andalso Type /= groupchat andalso Type /= error andalso
        xmpp:has_subtag(Packet, #hint{type = store}) andalso
        xmpp:get_meta(Packet, stanza_id, undefined) /= undefined andalso
        lists:member(Server, mod_muc_admin:find_hosts(Host));
is_whisper(_Packet, _JID, _Peer) ->
    false.

stored_apart(Packet, #jid{luser = User, lserver = Server}, Peer, Direction) ->
    case xmpp:get_meta(Packet, sm_copy, false) of
        true ->
            Packet;
        false ->
            Whispers = jid:make(Peer#jid.luser, <<"whispers.", (Peer#jid.lserver)/binary>>),
            ejabberd_hooks:run_fold(store_mam_message, Server, Packet,
                                    [User, Server, Whispers, <<>>, chat, Direction])
    end.

offline_message({_Action, #message{from = Peer, to = To} = Packet} = Acc) ->
    case xmpp:get_meta(Packet, imkit_stored, false) of
        true ->
            {archived, Packet};
        false ->
            case is_whisper(Packet, To, Peer) of
                true -> {archived, marked(stored_apart(Packet, To, Peer, recv), To)};
                false -> Acc
            end
    end;
offline_message(Acc) ->
    Acc.

%% Comes behind the packet whose turn it was.
c2s_handle_info(#{imkit_turn := Turn} = C2S, {?MODULE, turn_is_over, Turn}) ->
    {stop, end_turn(C2S)};
c2s_handle_info(C2S, {?MODULE, turn_is_over, _}) ->
    {stop, C2S};
c2s_handle_info(C2S, _) ->
    C2S.

at_place(Packet, Place) ->
    xmpp:put_meta(xmpp:put_meta(Packet, stanza_id, Place), ?MODULE, Place).

%% What nobody keeps has no place to agree on.
is_kept(Packet) ->
    not (xmpp:has_subtag(Packet, #hint{type = 'no-store'}) orelse
         xmpp:has_subtag(Packet, #hint{type = 'no-permanent-store'})).

with_reading_kept(Packet) ->
    Els = xmpp:get_els(Packet),
    case is_kept(Packet) andalso lists:any(fun is_reading/1, Els) andalso
        not xmpp:has_subtag(Packet, #hint{type = store}) of
        true -> xmpp:set_els(Packet, Els ++ [#hint{type = store}]);
        false -> Packet
    end.

is_reading(El) ->
    xmpp:get_name(El) == <<"displayed">> andalso xmpp:get_ns(El) == <<"urn:xmpp:chat-markers:0">>.

without_others_retraction(Packet, #jid{luser = User}) ->
    xmpp:set_els(Packet, [El || El <- xmpp:get_els(Packet), not is_others_retraction(El, User)]).

is_others_retraction(El, User) ->
    case {xmpp:get_name(El), xmpp:get_ns(El)} of
        {<<"retract">>, <<"urn:xmpp:message-retract:1">>} ->
            #xmlel{attrs = Attrs} = xmpp:encode(El),
            case binary:split(proplists:get_value(<<"id">>, Attrs, <<>>), <<"/">>) of
                [User, _] -> false;
                [_, _] -> true;
                _ -> false
            end;
        _ ->
            false
    end.

address(undefined) -> <<>>;
address(JID) -> jid:encode(jid:tolower(jid:remove_resource(JID))).

%% In the room.

muc_filter_message(#message{from = From} = Packet, _State, _Nick) ->
    Others = [El || El <- xmpp:get_els(Packet), not is_sender(El)],
    Sender = #xmlel{name = <<"sender">>,
                    attrs = [{<<"xmlns">>, ?NS_IMKIT}, {<<"jid">>, address(From)}]},
    xmpp:set_els(Packet, [Sender | Others]);
muc_filter_message(Acc, _State, _Nick) ->
    Acc.

is_sender(#xmlel{name = <<"sender">>} = El) -> xmpp:get_ns(El) == ?NS_IMKIT;
is_sender(_) -> false.

%% Turns. A session that ends gives its turn back.

take_turn(Host, Pair) ->
    Turn = make_ref(),
    Keeper = gen_mod:get_module_proc(Host, ?MODULE),
    try gen_server:call(Keeper, {take, Turn, Pair}, ?PATIENCE) of
        Place -> {{Keeper, Turn}, Place}
    catch
        exit:_ ->
            gen_server:cast(Keeper, {give_back, Turn}),
            {undefined, erlang:system_time(microsecond)}
    end.

end_turn(#{imkit_turn := Turn} = C2S) ->
    case Turn of
        {Keeper, Ref} -> gen_server:cast(Keeper, {give_back, Ref});
        undefined -> ok
    end,
    maps:remove(imkit_turn, C2S);
end_turn(C2S) ->
    C2S.

-record(keeper, {
    %% the turn each pair is at, and who waits, the first first
    pairs = #{} :: #{[binary()] => {reference(), [{reference(), {pid(), term()}}]}},
    %% the pair of each turn, and what watches over who has it or waits for it
    turns = #{} :: #{reference() => {[binary()], reference()}},
    watched = #{} :: #{reference() => reference()},
    last = 0 :: integer()
}).

init(_) ->
    {ok, #keeper{}}.

handle_call({take, Turn, Pair}, {Pid, _} = Who, #keeper{pairs = Pairs} = K) ->
    Watch = erlang:monitor(process, Pid),
    K1 = K#keeper{turns = (K#keeper.turns)#{Turn => {Pair, Watch}},
                  watched = (K#keeper.watched)#{Watch => Turn}},
    case Pairs of
        #{Pair := {Now, Waiting}} ->
            {noreply, K1#keeper{pairs = Pairs#{Pair := {Now, Waiting ++ [{Turn, Who}]}}}};
        _ ->
            Place = next_place(K1),
            {reply, Place, K1#keeper{pairs = Pairs#{Pair => {Turn, []}}, last = Place}}
    end;
handle_call(_, _, K) ->
    {reply, ok, K}.

handle_cast({give_back, Turn}, K) ->
    {noreply, give_back(Turn, K)};
handle_cast(_, K) ->
    {noreply, K}.

handle_info({'DOWN', Watch, process, _, _}, #keeper{watched = Watched} = K) ->
    case Watched of
        #{Watch := Turn} -> {noreply, give_back(Turn, K)};
        _ -> {noreply, K}
    end;
handle_info(_, K) ->
    {noreply, K}.

give_back(Turn, #keeper{turns = Turns, watched = Watched, pairs = Pairs} = K) ->
    case maps:take(Turn, Turns) of
        error ->
            K;
        {{Pair, Watch}, Turns1} ->
            erlang:demonitor(Watch, [flush]),
            K1 = K#keeper{turns = Turns1, watched = maps:remove(Watch, Watched)},
            case maps:get(Pair, Pairs) of
                {Turn, []} ->
                    K1#keeper{pairs = maps:remove(Pair, Pairs)};
                {Turn, [{Next, Who} | Rest]} ->
                    Place = next_place(K1),
                    gen_server:reply(Who, Place),
                    K1#keeper{pairs = Pairs#{Pair := {Next, Rest}}, last = Place};
                {Now, Waiting} ->
                    K1#keeper{pairs = Pairs#{Pair := {Now, lists:keydelete(Turn, 1, Waiting)}}}
            end
    end.

%% Microseconds, as mod_mam has them, and never the same twice.
next_place(#keeper{last = Last}) ->
    max(Last + 1, erlang:system_time(microsecond)).
