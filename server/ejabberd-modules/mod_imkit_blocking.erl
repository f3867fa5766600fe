%% mod_imkit_blocking: who blocks somebody is left alone, and the other is told so.
%% Copyright (C) 2026 the imkit authors
%%
%% This program is free software; you can redistribute it and/or modify it under the terms of the
%% GNU General Public License as published by the Free Software Foundation; either version 2 of the
%% License, or (at your option) any later version. It comes WITHOUT ANY WARRANTY; see LICENSE.
%%
%% The lists are those of mod_blocking (XEP-0191). It turns a message of a blocked user away when it
%% comes to the receiver, and by then it is in the sender's archive, where his other devices take it
%% for sent. Here it is turned away as it leaves the sender, before anything keeps it, with
%%
%%   <error type='cancel'>
%%     <service-unavailable/>                    what XEP-0191 has everybody told
%%     <blocked xmlns='urn:imkit:0'/>            and this is why
%%   </error>
%%
%% XEP-0191 also keeps whoever blocks from writing to those on the list. Here the list is about what
%% comes in: a user may write to whom he does not want to hear from.
%%
%% Clients see `urn:imkit:0:blocking` among the server's features.

-module(mod_imkit_blocking).
-behaviour(gen_mod).

-export([start/2, stop/1, reload/3, depends/2, mod_options/1, mod_doc/0]).
-export([user_send_packet/1, privacy_check_packet/4, disco_features/5]).

-include("xmpp.hrl").

-define(NS_IMKIT, <<"urn:imkit:0">>).
-define(FEATURE, <<"urn:imkit:0:blocking">>).

start(Host, _Opts) ->
    each_hook(fun(Hook, Function, Priority) ->
                      ejabberd_hooks:add(Hook, Host, ?MODULE, Function, Priority)
              end).

stop(Host) ->
    each_hook(fun(Hook, Function, Priority) ->
                      ejabberd_hooks:delete(Hook, Host, ?MODULE, Function, Priority)
              end).

%% Before mod_imkit_places gives a message its turn (80); after mod_privacy has judged it (50).
each_hook(Do) ->
    Do(user_send_packet, user_send_packet, 70),
    Do(privacy_check_packet, privacy_check_packet, 60),
    Do(disco_local_features, disco_features, 50),
    ok.

reload(_Host, _NewOpts, _OldOpts) -> ok.
depends(_Host, _Opts) -> [{mod_blocking, hard}].
mod_options(_Host) -> [].
mod_doc() -> #{}.

disco_features({result, Features}, _From, _To, <<"">>, _Lang) -> {result, [?FEATURE | Features]};
disco_features(empty, _From, _To, <<"">>, _Lang) -> {result, [?FEATURE]};
disco_features(Acc, _From, _To, _Node, _Lang) -> Acc.

user_send_packet({#message{type = Type, to = To} = Packet, #{lang := Lang} = C2S} = Acc)
  when Type /= error, Type /= groupchat ->
    case is_for_user(To) andalso is_refused(To, Packet) of
        true ->
            ejabberd_router:route_error(Packet, refusal(Lang)),
            {stop, {drop, C2S}};
        false ->
            Acc
    end;
user_send_packet(Acc) ->
    Acc.

is_for_user(undefined) -> false;
is_for_user(#jid{luser = User, lserver = Server}) ->
    User /= <<>> andalso ejabberd_router:is_my_host(Server).

is_refused(#jid{lserver = Server} = To, Packet) ->
    deny == ejabberd_hooks:run_fold(privacy_check_packet, Server, allow, [To, Packet, in]).

refusal(Lang) ->
    Error = xmpp:err_service_unavailable(<<"The receiver has blocked the sender.">>, Lang),
    Blocked = #xmlel{name = <<"blocked">>, attrs = [{<<"xmlns">>, ?NS_IMKIT}]},
    Error#stanza_error{sub_els = [Blocked]}.

privacy_check_packet(deny, _Owner, #message{to = To}, out) ->
    case is_for_user(To) of
        true -> allow;
        false -> deny
    end;
privacy_check_packet(Acc, _Owner, _Packet, _Direction) ->
    Acc.
