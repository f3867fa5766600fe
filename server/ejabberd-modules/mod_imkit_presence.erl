%% mod_imkit_presence: who is online, for whoever asks.
%% Copyright (C) 2026 the imkit authors
%%
%% This program is free software; you can redistribute it and/or modify it under the terms of the
%% GNU General Public License as published by the Free Software Foundation; either version 2 of the
%% License, or (at your option) any later version. It comes WITHOUT ANY WARRANTY; see LICENSE.
%%
%% XMPP tells of presence by rosters: both sides have agreed to it, and everyone is told of everyone
%% on theirs at every login. Here a session names those it wants to know of, for as long as it lasts:
%%
%%   <iq type='set' id='1'>
%%     <watch xmlns='urn:imkit:0:presence'><add jid='bob@...'/><remove jid='carol@...'/></watch>
%%   </iq>
%%
%% and is told of those it adds at once, of all when they come and go:
%%
%%   <message type='headline'><presence xmlns='urn:imkit:0:presence'>
%%     <user jid='bob@...' online='true'/>
%%   </presence></message>
%%
%% A user is online while one of his sessions has sent its presence and has a connection. Sessions
%% whose connection is lost wait minutes to be gone on with (XEP-0198), and are not counted meanwhile.
%% Who has gone is told of some seconds later, if he has not come back by then.
%%
%% Each node of a cluster keeps what the sessions on it watch; all hear that somebody's sessions have
%% changed, and look at the table of sessions, which they share.
%%
%% Clients see `urn:imkit:0:presence` among the server's features.

-module(mod_imkit_presence).
-behaviour(gen_mod).
-behaviour(gen_server).

-export([start/2, stop/1, reload/3, depends/2, mod_options/1, mod_doc/0]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2]).
-export([process_iq/1, decode_iq_subel/1, disco_features/5]).
-export([session_opened/3, session_closed/3, presence_set/4, connection_lost/1]).

-include("xmpp.hrl").

-define(NS_PRESENCE, <<"urn:imkit:0:presence">>).
%% Milliseconds for which somebody who has gone still counts.
-define(LEEWAY, 2000).
%% Milliseconds in which the table of sessions is rid of those of a node that is gone.
-define(CLEARED, 2000).
%% Users one session may watch.
-define(MOST, 1000).

start(Host, Opts) ->
    gen_iq_handler:add_iq_handler(ejabberd_sm, Host, ?NS_PRESENCE, ?MODULE, process_iq),
    each_hook(fun(Hook, Function) -> ejabberd_hooks:add(Hook, Host, ?MODULE, Function, 50) end),
    gen_mod:start_child(?MODULE, Host, Opts).

stop(Host) ->
    gen_iq_handler:remove_iq_handler(ejabberd_sm, Host, ?NS_PRESENCE),
    each_hook(fun(Hook, Function) -> ejabberd_hooks:delete(Hook, Host, ?MODULE, Function, 50) end),
    gen_mod:stop_child(?MODULE, Host).

%% A session that is gone on with is opened anew, with its presence.
each_hook(Do) ->
    Do(sm_register_connection_hook, session_opened),
    Do(sm_remove_connection_hook, session_closed),
    Do(set_presence_hook, presence_set),
    Do(unset_presence_hook, presence_set),
    Do(c2s_session_pending, connection_lost),
    Do(disco_local_features, disco_features),
    ok.

reload(_Host, _NewOpts, _OldOpts) -> ok.
depends(_Host, _Opts) -> [].
mod_options(_Host) -> [].
mod_doc() -> #{}.

disco_features({result, Features}, _From, _To, <<"">>, _Lang) ->
    {result, [?NS_PRESENCE | Features]};
disco_features(empty, _From, _To, <<"">>, _Lang) -> {result, [?NS_PRESENCE]};
disco_features(Acc, _From, _To, _Node, _Lang) -> Acc.

%% What sessions ask.

process_iq(#iq{type = set, lang = Lang, from = From, to = To, sub_els = [Watch]} = IQ) ->
    Host = To#jid.lserver,
    case jid:remove_resource(jid:tolower(From)) == jid:remove_resource(jid:tolower(To)) of
        true ->
            Added = users(<<"add">>, Watch, Host),
            Removed = users(<<"remove">>, Watch, Host),
            case gen_server:call(keeper(Host), {watch, From, Added, Removed}) of
                ok ->
                    xmpp:make_iq_result(IQ);
                too_many ->
                    Text = <<"A session may not watch so many users.">>,
                    xmpp:make_error(IQ, xmpp:err_policy_violation(Text, Lang))
            end;
        false ->
            Text = <<"Only a session itself may say what it watches.">>,
            xmpp:make_error(IQ, xmpp:err_forbidden(Text, Lang))
    end;
process_iq(#iq{lang = Lang} = IQ) ->
    xmpp:make_error(IQ, xmpp:err_not_allowed(<<"Only `set` is known here.">>, Lang)).

%% Left as it is: ejabberd's own codec does not know it.
decode_iq_subel(El) -> El.

users(Name, #xmlel{children = Children}, Host) ->
    lists:flatmap(
      fun(#xmlel{name = N, attrs = Attrs}) when N == Name ->
              try jid:decode(proplists:get_value(<<"jid">>, Attrs, <<>>)) of
                  #jid{luser = User, lserver = Host} when User /= <<>> -> [User];
                  _ -> []
              catch
                  _:_ -> []
              end;
         (_) -> []
      end, Children).

%% What becomes of sessions.

session_opened(_SID, JID, _Info) -> changed(JID).

session_closed(_SID, #jid{lserver = Host} = JID, _Info) ->
    gen_server:cast(keeper(Host), {closed, JID}),
    changed(JID).

presence_set(User, Server, _Resource, _Presence) -> changed(jid:make(User, Server)).

connection_lost(#{user := User, server := Server, resource := Resource, jid := JID} = C2S) ->
    ejabberd_sm:set_user_info(User, Server, Resource, ?MODULE, away),
    changed(JID),
    C2S.

changed(#jid{luser = User, lserver = Host}) ->
    Keeper = keeper(Host),
    gen_server:cast(Keeper, {changed, User}),
    gen_server:abcast(ejabberd_cluster:get_nodes() -- [node()], Keeper, {changed, User}),
    ok.

is_online(User, Host) ->
    lists:any(fun({_Resource, Info}) ->
                      proplists:get_value(priority, Info) /= undefined andalso
                          proplists:get_value(?MODULE, Info) /= away
              end, ejabberd_sm:get_user_info(User, Host)).

%% Who watches whom, on this node.

-record(keeper, {
    host :: binary(),
    %% by the full address of a session, whom it watches
    watches = #{} :: #{binary() => #{binary() => []}},
    %% by user, the sessions that watch him, and what they were told last
    watched = #{} :: #{binary() => {boolean(), #{binary() => jid:jid()}}},
    %% of those who have gone and still count
    leeway = #{} :: #{binary() => reference()}
}).

keeper(Host) -> gen_mod:get_module_proc(Host, ?MODULE).

init([Host | _]) ->
    net_kernel:monitor_nodes(true),
    {ok, #keeper{host = Host}}.

handle_call({watch, JID, Added, Removed}, _From, #keeper{watches = Watches} = K0) ->
    Key = jid:encode(JID),
    Before = maps:get(Key, Watches, #{}),
    Kept = maps:without(Removed, Before),
    Now = maps:merge(Kept, maps:from_list([{User, []} || User <- Added])),
    case maps:size(Now) > ?MOST of
        true ->
            {reply, too_many, K0};
        false ->
            K1 = lists:foldl(fun(User, K) -> unwatch(User, Key, K) end, K0, Removed),
            K2 = lists:foldl(fun(User, K) -> watch(User, Key, JID, K) end, K1, Added),
            tell([JID], [{User, told(User, K2)} || User <- Added], K2),
            {reply, ok, K2#keeper{watches = with(Key, Now, Watches)}}
    end;
handle_call(_, _, K) ->
    {reply, ok, K}.

handle_cast({changed, User}, K) ->
    {noreply, look(User, K)};
handle_cast({closed, #jid{luser = User, lserver = Host, lresource = Resource} = JID}, K) ->
    Key = jid:encode(JID),
    case ejabberd_sm:get_session_pid(User, Host, Resource) of
        none ->
            Users = maps:keys(maps:get(Key, K#keeper.watches, #{})),
            K1 = lists:foldl(fun(Watched, Acc) -> unwatch(Watched, Key, Acc) end, K, Users),
            {noreply, K1#keeper{watches = maps:remove(Key, K1#keeper.watches)}};
        _ ->
            {noreply, K}
    end;
handle_cast(_, K) ->
    {noreply, K}.

handle_info({timeout, Timer, {gone, User}}, #keeper{host = Host, leeway = Leeway} = K) ->
    case Leeway of
        #{User := Timer} ->
            {noreply, told_as(User, is_online(User, Host),
                              K#keeper{leeway = maps:remove(User, Leeway)})};
        _ ->
            {noreply, K}
    end;
handle_info({nodedown, _Node}, K) ->
    erlang:start_timer(?CLEARED, self(), look_at_all),
    {noreply, K};
handle_info({timeout, _Timer, look_at_all}, #keeper{watched = Watched} = K) ->
    {noreply, lists:foldl(fun look/2, K, maps:keys(Watched))};
handle_info(_, K) ->
    {noreply, K}.

watch(User, Key, JID, #keeper{host = Host, watched = Watched} = K) ->
    {Told, Sessions} = case Watched of
                           #{User := Known} -> Known;
                           _ -> {is_online(User, Host), #{}}
                       end,
    K#keeper{watched = Watched#{User => {Told, Sessions#{Key => JID}}}}.

unwatch(User, Key, #keeper{watched = Watched} = K) ->
    case Watched of
        #{User := {Told, Sessions}} ->
            Left = maps:remove(Key, Sessions),
            case maps:size(Left) of
                0 ->
                    K1 = without_leeway(User, K),
                    K1#keeper{watched = maps:remove(User, Watched)};
                _ ->
                    K#keeper{watched = Watched#{User := {Told, Left}}}
            end;
        _ ->
            K
    end.

told(User, #keeper{watched = Watched}) ->
    {Told, _} = maps:get(User, Watched),
    Told.

look(User, #keeper{host = Host, watched = Watched, leeway = Leeway} = K) ->
    case Watched of
        #{User := {Told, _}} ->
            case is_online(User, Host) of
                true ->
                    told_as(User, true, without_leeway(User, K));
                false when Told, not is_map_key(User, Leeway) ->
                    Timer = erlang:start_timer(?LEEWAY, self(), {gone, User}),
                    K#keeper{leeway = Leeway#{User => Timer}};
                false ->
                    K
            end;
        _ ->
            K
    end.

told_as(User, IsOnline, #keeper{watched = Watched} = K) ->
    case Watched of
        #{User := {Told, Sessions}} when Told /= IsOnline ->
            tell(maps:values(Sessions), [{User, IsOnline}], K),
            K#keeper{watched = Watched#{User := {IsOnline, Sessions}}};
        _ ->
            K
    end.

without_leeway(User, #keeper{leeway = Leeway} = K) ->
    case maps:take(User, Leeway) of
        {Timer, Rest} ->
            erlang:cancel_timer(Timer),
            K#keeper{leeway = Rest};
        error ->
            K
    end.

with(Key, Users, Watches) when map_size(Users) == 0 -> maps:remove(Key, Watches);
with(Key, Users, Watches) -> Watches#{Key => Users}.

tell(_Sessions, [], _K) ->
    ok;
tell(Sessions, States, #keeper{host = Host}) ->
    Users = [#xmlel{name = <<"user">>,
                    attrs = [{<<"jid">>, jid:encode({User, Host, <<>>})},
                             {<<"online">>, atom_to_binary(IsOnline, utf8)}]}
             || {User, IsOnline} <- States],
    Presence = #xmlel{name = <<"presence">>, attrs = [{<<"xmlns">>, ?NS_PRESENCE}],
                      children = Users},
    lists:foreach(
      fun(JID) ->
              ejabberd_router:route(
                #message{type = headline,
                         from = jid:remove_resource(JID),
                         to = JID,
                         sub_els = [Presence, #hint{type = 'no-store'}, #hint{type = 'no-copy'}]})
      end, Sessions).
