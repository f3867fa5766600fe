%% mod_imkit_sockets: WebSockets whose sessions can be gone on with at once.
%% Copyright (C) 2026 the imkit authors
%%
%% This program is free software; you can redistribute it and/or modify it under the terms of the
%% GNU General Public License as published by the Free Software Foundation; either version 2 of the
%% License, or (at your option) any later version. It comes WITHOUT ANY WARRANTY; see LICENSE.
%%
%% ejabberd_http_ws hands each frame to the process of the TCP connection and waits until it says that
%% it has sent it. When the connection breaks at that moment, that process ends without saying so, and
%% ejabberd_http_ws waits for ever; the session waits for ejabberd_http_ws for 15 seconds, and so does
%% whoever wants to go on with the session over another connection. This is the handler of /ws instead
%% of it: it is the same, and somebody else answers for who has ended.

-module(mod_imkit_sockets).
-behaviour(gen_mod).

-export([start/2, stop/1, reload/3, depends/2, mod_options/1, mod_doc/0]).
-export([socket_handoff/3, start_link/1]).

-include("xmpp.hrl").

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

%% Called by the process of the TCP connection.
start_link({_, Connection} = WS) ->
    {ok, Session} = ejabberd_http_ws:start_link(WS),
    spawn(fun() -> answer_for(Connection, Session) end),
    {ok, Session}.

%% What it waits for when a frame was under way, and what it does not listen to otherwise.
answer_for(Connection, Session) ->
    Ended = erlang:monitor(process, Connection),
    Gone = erlang:monitor(process, Session),
    receive
        {'DOWN', Ended, process, _, _} -> Session ! {text_reply, Connection};
        {'DOWN', Gone, process, _, _} -> ok
    end.
