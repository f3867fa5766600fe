%% mod_imkit_sockets: WebSockets whose sessions can be gone on with at once, and that take no stanza of
%% any size.
%% Copyright (C) 2026 the imkit authors
%%
%% This program is free software; you can redistribute it and/or modify it under the terms of the
%% GNU General Public License as published by the Free Software Foundation; either version 2 of the
%% License, or (at your option) any later version. It comes WITHOUT ANY WARRANTY; see LICENSE.
%%
%% ejabberd_http_ws hands each frame to the process of the TCP connection and waits until it says that
%% it has sent it. When the connection breaks at that moment, that process ends without saying so, and
%% ejabberd_http_ws waits for ever; the session waits for ejabberd_http_ws for 15 seconds, and so does
%% whoever wants to go on with the session over another connection.
%%
%% It also takes frames of any size: `max_stanza_size` is for TCP.
%%
%% This is the handler of /ws instead of it. It is the same, with somebody between the two who answers
%% for who has ended, and ends the connection of who sends more than a megabyte at once.

-module(mod_imkit_sockets).
-behaviour(gen_mod).

-export([start/2, stop/1, reload/3, depends/2, mod_options/1, mod_doc/0]).
-export([socket_handoff/3, start_link/1]).

-include("xmpp.hrl").

%% Bytes, as `max_stanza_size` of ejabberd.yml: one WebSocket serves all domains.
-define(MAX_SIZE, 1048576).

start(_Host, _Opts) -> ok.
stop(_Host) -> ok.
reload(_Host, _NewOpts, _OldOpts) -> ok.
depends(_Host, _Opts) -> [].
mod_options(_Host) -> [].
mod_doc() -> #{}.

socket_handoff(Path, Request, Opts) ->
    ejabberd_websocket:socket_handoff(Path, Request, Opts, ?MODULE, fun information/0).

%% For who comes with a browser, and for proxies that look whether the server is well.
information() ->
    #xmlel{name = <<"html">>,
           children = [#xmlel{name = <<"body">>,
                              children = [{xmlcdata, <<"XMPP over WebSocket (RFC 7395)">>}]}]}.

%% Called by the process of the TCP connection, which tells what it gets to whom this gives it.
start_link({_, Connection} = WS) ->
    {ok, Session} = ejabberd_http_ws:start(WS),
    {ok, spawn(fun() ->
                       erlang:monitor(process, Connection),
                       erlang:monitor(process, Session),
                       between(Connection, Session)
               end)}.

%% Ends with either of them; the connection is told by its own monitor.
between(Connection, Session) ->
    receive
        {'DOWN', _, process, Connection, _} ->
            %% What it waits for when a frame was under way, and does not listen to otherwise.
            Session ! {text_reply, Connection},
            Session ! closed;
        {'DOWN', _, process, Session, _} ->
            ok;
        {received, Data} when byte_size(Data) > ?MAX_SIZE ->
            Connection ! {text_with_reply, too_large(), self()},
            Session ! closed;
        Told ->
            Session ! Told,
            between(Connection, Session)
    end.

too_large() ->
    <<"<error xmlns='http://etherx.jabber.org/streams'>"
      "<policy-violation xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
      "<text xmlns='urn:ietf:params:xml:ns:xmpp-streams'>A stanza was too large.</text></error>">>.
