%% mod_imkit_entries: what was said in a room before somebody came in is not for him.
%% Copyright (C) 2026 the imkit authors
%%
%% This program is free software; you can redistribute it and/or modify it under the terms of the
%% GNU General Public License as published by the Free Software Foundation; either version 2 of the
%% License, or (at your option) any later version. It comes WITHOUT ANY WARRANTY; see LICENSE.
%%
%% mod_mam gives a member of a room all of its archive, and to who asks his own archive also what
%% was said in the rooms he subscribes to. Here the moments are kept at which each came in and went
%% out, and only what was said between them is given out:
%%
%%   - to who asks the room: his query begins and ends there, whatever else it says;
%%   - to who asks his own archive: of its results those that are older are left out.
%%
%% Somebody comes in when a member invites him, when he is made a member or when he is subscribed,
%% whichever is first, and goes out when his subscription ends, or with the affiliation of who has
%% none. Who has gone out and is still affiliated, as one whom a member had invited, can read no
%% further. Who comes back comes in anew. Owners see everything. Rooms that do not ask for members
%% are for everybody, and so are their archives.
%%
%% The moments are kept in a table of the module's own, in the database where mod_mam has its
%% archives (SQLite or PostgreSQL). For subscribers who were there before the module the time of
%% their subscription stands. A member it knows nothing of, as one whom the REST API has made one,
%% comes in when he first asks.

-module(mod_imkit_entries).
-behaviour(gen_mod).

-export([start/2, stop/1, reload/3, depends/2, mod_options/1, mod_doc/0]).
-export([muc_subscribed/6, muc_unsubscribed/6, muc_invite/7, muc_process_iq/2, remove_room/3]).
-export([user_receive_packet/1]).

-include("xmpp.hrl").

-define(CACHE, imkit_entry_cache).

start(Host, _Opts) ->
    ets_cache:new(?CACHE, [{max_size, ejabberd_option:cache_size(Host)},
                           {life_time, ejabberd_option:cache_life_time(Host)}]),
    each_hook(fun(Hook, Function, Priority) ->
                      ejabberd_hooks:add(Hook, Host, ?MODULE, Function, Priority)
              end),
    make_table(Host).

stop(Host) ->
    each_hook(fun(Hook, Function, Priority) ->
                      ejabberd_hooks:delete(Hook, Host, ?MODULE, Function, Priority)
              end),
    case gen_mod:is_loaded_elsewhere(Host, ?MODULE) of
        true -> ok;
        false -> ets_cache:delete(?CACHE)
    end.

%% mod_mam answers what is asked of a room at 50.
each_hook(Do) ->
    Do(muc_subscribed, muc_subscribed, 50),
    Do(muc_unsubscribed, muc_unsubscribed, 50),
    Do(muc_invite, muc_invite, 50),
    Do(muc_process_iq, muc_process_iq, 40),
    Do(remove_room, remove_room, 50),
    Do(user_receive_packet, user_receive_packet, 10),
    ok.

reload(_Host, _NewOpts, _OldOpts) -> ok.
depends(_Host, _Opts) -> [{mod_mam, hard}, {mod_muc, hard}].
mod_options(_Host) -> [].
mod_doc() -> #{}.

%% In the room.

%% The state is that before the subscription.
muc_subscribed(Acc, Server, Room, Host, JID, State) ->
    Place = case mod_muc_room:get_affiliation(JID, State) of
                owner -> 0;
                _ -> now_place()
            end,
    enter(Server, address({Room, Host, <<>>}), address(JID), Place),
    Acc.

muc_unsubscribed(Acc, Server, Room, Host, JID, _State) ->
    go_out(Server, address({Room, Host, <<>>}), address(JID)),
    Acc.

muc_invite(Packet, #jid{lserver = Host} = Room, _Config, _From, JID, _Reason, _Invitation) ->
    come_in(ejabberd_router:host_of_route(Host), address(Room), address(JID)),
    Packet.

muc_process_iq(#iq{from = From, to = #jid{lserver = Host} = Room,
                   sub_els = [#mam_query{} = Query]} = IQ, State) ->
    Server = ejabberd_router:host_of_route(Host),
    case mod_muc_room:get_affiliation(From, State) of
        Affiliation when Affiliation == member; Affiliation == admin ->
            Stay = case stay(Server, address(Room), address(From)) of
                       none -> come_in(Server, address(Room), address(From));
                       Known -> Known
                   end,
            limited(Stay, Query, IQ);
        _ ->
            IQ
    end;
muc_process_iq(#iq{type = set, from = From, to = #jid{lserver = Host} = Room,
                   sub_els = [#muc_admin{items = Items}]} = IQ, State) ->
    Server = ejabberd_router:host_of_route(Host),
    case mod_muc_room:get_affiliation(From, State) of
        Affiliation when Affiliation == owner; Affiliation == admin ->
            [affiliated(Server, address(Room), address(JID), Given)
             || #muc_item{jid = #jid{} = JID, affiliation = Given} <- Items, Given /= undefined];
        _ ->
            ok
    end,
    IQ;
muc_process_iq(IQ, _State) ->
    IQ.

%% A subscriber of a room for members is in without an affiliation, too.
affiliated(Server, Room, JID, Affiliation) when Affiliation == none; Affiliation == outcast ->
    query(Server, [<<"delete from imkit_stay where ">>, of_one(Server, Room, JID),
                   <<" and not exists (select 1 from muc_room_subscribers where ">>,
                   subscription(Server, Room, JID), <<")">>]),
    changed(Room, JID);
affiliated(Server, Room, JID, _Affiliation) ->
    come_in(Server, Room, JID).

remove_room(Server, Name, Host) ->
    Room = literal(Server, address({Name, Host, <<>>})),
    query(Server, [<<"delete from imkit_stay where room=">>, Room]),
    ets_cache:clear(?CACHE, ejabberd_cluster:get_nodes()).

limited(Stay, Query, #iq{lang = Lang} = IQ) ->
    try
        IQ#iq{sub_els = [within(Stay, Query)]}
    catch _:_ ->
            xmpp:make_error(IQ, xmpp:err_bad_request(<<"A time in this query is none.">>, Lang))
    end.

within({Since, Until}, #mam_query{xmlns = ?NS_MAM_TMP, start = Start, 'end' = End} = Query) ->
    Query#mam_query{start = later(Start, Since), 'end' = earlier(End, Until)};
within({Since, Until}, #mam_query{xdata = Form} = Query) ->
    Fields = case Form of
                 #xdata{fields = Given} -> Given;
                 undefined -> []
             end,
    Begun = bounded(<<"start">>, fun(Start) -> later(Start, Since) end, Fields),
    Bounded = bounded(<<"end">>, fun(End) -> earlier(End, Until) end, Begun),
    Query#mam_query{xdata = #xdata{type = submit, fields = Bounded}}.

%% Of several times in a form the last is looked at and all are replaced.
bounded(Name, Bound, Fields) ->
    {Named, Others} = lists:partition(fun(#xdata_field{var = Var}) -> Var == Name end, Fields),
    Asked = [xmpp_util:decode_timestamp(Time) || #xdata_field{values = [Time | _]} <- Named],
    case Bound(lists:max([undefined | Asked])) of
        undefined ->
            Others;
        Time ->
            [#xdata_field{var = Name, values = [xmpp_util:encode_timestamp(Time)]} | Others]
    end.

later(undefined, Place) -> misc:usec_to_now(Place);
later(Start, Place) -> max(Start, misc:usec_to_now(Place)).

earlier(End, now) -> End;
earlier(undefined, Place) -> misc:usec_to_now(Place);
earlier(End, Place) -> min(End, misc:usec_to_now(Place)).

%% In the session of who asks.

user_receive_packet({#message{from = From, sub_els = [#mam_result{} = Result | _]},
                     #{jid := JID, lserver := Server} = C2S} = Acc) ->
    Hosts = mod_muc_admin:find_hosts(Server),
    case lists:member(From#jid.lserver, Hosts) orelse is_seen(Result, JID, Server, Hosts) of
        true -> Acc;
        false -> {stop, {drop, C2S}}
    end;
user_receive_packet(Acc) ->
    Acc.

is_seen(#mam_result{id = Id, sub_els = [#forwarded{sub_els = [Said]}]}, JID, Server, Hosts) ->
    case is_from_subscription(Said) andalso lists:member(Said#message.from#jid.lserver, Hosts) of
        true ->
            case stay(Server, address(Said#message.from), address(JID)) of
                {Since, now} -> binary_to_integer(Id) >= Since;
                _ -> false
            end;
        false ->
            true
    end;
is_seen(_Result, _JID, _Server, _Hosts) ->
    true.

is_from_subscription(#message{from = #jid{}, sub_els = [#ps_event{} | _]}) -> true;
is_from_subscription(_) -> false.

%% When each came in, and went out.

make_table(Host) ->
    %% Another node may be doing the same, and the slower one is refused.
    query(Host, [<<"create table if not exists imkit_stay (room text not null, jid text not null, "
                   "came_in bigint not null, went_out bigint, primary key (room, jid))">>]),
    case query(Host, [<<"select came_in from imkit_stay limit 1">>]) of
        {selected, _, _} ->
            ok;
        Failed ->
            logger:error("mod_imkit_entries: no table imkit_stay in the database of ~ts, so that "
                         "only owners are given archives of rooms: ~p", [Host, Failed])
    end.

%% @returns since when he is in, which is from now on if he was not
come_in(Server, Room, JID) ->
    case stay(Server, Room, JID) of
        {_, now} = Stay ->
            Stay;
        _ ->
            Now = now_place(),
            enter(Server, Room, JID, Now),
            {Now, now}
    end.

stay(Server, Room, JID) ->
    case ets_cache:lookup(?CACHE, {Room, JID}, fun() -> read(Server, Room, JID) end) of
        {ok, Stay} -> Stay;
        _ -> none
    end.

read(Server, Room, JID) ->
    Kept = query(Server, [<<"select came_in, coalesce(went_out, -1) from imkit_stay where ">>,
                          of_one(Server, Room, JID)]),
    case stay_in(Kept) of
        error ->
            stay_in(query(Server, [<<"select ">>, microseconds(ejabberd_option:sql_type(Server)),
                                   <<", -1 from muc_room_subscribers where ">>,
                                   subscription(Server, Room, JID)]));
        Found ->
            Found
    end.

stay_in({selected, _, [[CameIn, <<"-1">>]]}) -> {ok, {binary_to_integer(CameIn), now}};
stay_in({selected, _, [[CameIn, WentOut]]}) ->
    {ok, {binary_to_integer(CameIn), binary_to_integer(WentOut)}};
stay_in({selected, _, []}) -> error;
stay_in(_) -> {error, db_failure}.

microseconds(sqlite) -> <<"strftime('%s', created_at) * 1000000">>;
microseconds(_) -> <<"(extract(epoch from created_at::timestamptz) * 1000000)::bigint">>.

%% Who is in stays so.
enter(Server, Room, JID, Place) ->
    query(Server, [<<"insert into imkit_stay (room, jid, came_in) values (">>,
                   literal(Server, Room), <<", ">>, literal(Server, JID), <<", ">>,
                   integer_to_binary(Place), <<") on conflict (room, jid) do update "
                   "set came_in = excluded.came_in, went_out = null "
                   "where imkit_stay.went_out is not null">>]),
    changed(Room, JID).

%% Of who was subscribed before there was the module nothing is known any more.
go_out(Server, Room, JID) ->
    Now = integer_to_binary(now_place()),
    query(Server, [<<"insert into imkit_stay (room, jid, came_in, went_out) values (">>,
                   literal(Server, Room), <<", ">>, literal(Server, JID), <<", ">>, Now,
                   <<", ">>, Now, <<") on conflict (room, jid) do update "
                   "set went_out = excluded.went_out">>]),
    changed(Room, JID).

changed(Room, JID) ->
    ets_cache:delete(?CACHE, {Room, JID}, ejabberd_cluster:get_nodes()).

of_one(Server, Room, JID) ->
    [<<"room=">>, literal(Server, Room), <<" and jid=">>, literal(Server, JID)].

subscription(Server, Room, JID) ->
    #jid{luser = Name, lserver = Host} = jid:decode(Room),
    [<<"room=">>, literal(Server, Name), <<" and host=">>, literal(Server, Host),
     <<" and jid=">>, literal(Server, JID)].

query(Server, Query) ->
    ejabberd_sql:sql_query(Server, Query).

literal(Server, Text) ->
    ejabberd_sql:to_string_literal(ejabberd_option:sql_type(Server), Text).

%% Microseconds, as the ids of archives are.
now_place() ->
    erlang:system_time(microsecond).

address(JID) ->
    jid:encode(jid:remove_resource(jid:tolower(JID))).
