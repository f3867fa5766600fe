%% mod_imkit_uploads: files as mod_http_upload keeps them, given out as what they are.
%% Copyright (C) 2026 the imkit authors
%%
%% This program is free software; you can redistribute it and/or modify it under the terms of the
%% GNU General Public License as published by the Free Software Foundation; either version 2 of the
%% License, or (at your option) any later version. It comes WITHOUT ANY WARRANTY; see LICENSE.
%%
%% mod_http_upload tells the type of a file by its ending and does not know the endings of what
%% browsers record. It lets browsers show texts and SVG in place, which makes pages of what somebody
%% uploaded. This is the handler of /upload instead of it: images, sound and videos may be shown, and
%% everything else is offered to be saved.
%%
%% A user whose files take up `quota` bytes gets no room for more: nothing of what others may still
%% look at is removed, as mod_http_upload_quota would do. `infinity`: there is room for all.
%%
%% In a cluster only the node that gave an address for a file would take it there, and a proxy leads
%% to any. Here each takes it, into the folder that all of them have.

-module(mod_imkit_uploads).
-behaviour(gen_mod).

-export([start/2, stop/1, reload/3, depends/2, mod_options/1, mod_opt_type/1, mod_doc/0]).
-export([process/2, slot_request/6]).

-include("xmpp.hrl").
-include_lib("ejabberd/include/ejabberd_http.hrl").

start(Host, _Opts) ->
    ejabberd_hooks:add(http_upload_slot_request, Host, ?MODULE, slot_request, 50).

stop(Host) ->
    ejabberd_hooks:delete(http_upload_slot_request, Host, ?MODULE, slot_request, 50).

reload(_Host, _NewOpts, _OldOpts) -> ok.
depends(_Host, _Opts) -> [{mod_http_upload, hard}].
mod_opt_type(quota) -> econf:pos_int(infinity).
mod_options(_Host) -> [{quota, infinity}].
mod_doc() -> #{}.

%% As mod_http_upload_quota finds what a user has: in a folder of the user's own.
slot_request(allow, Host, _JID, Folder, Size, _Lang) ->
    case gen_mod:get_module_opt(Host, ?MODULE, quota) of
        infinity ->
            allow;
        Quota ->
            case taken(Folder) + Size > Quota of
                true -> xmpp:err_resource_constraint();
                false -> allow
            end
    end;
slot_request(Acc, _Host, _JID, _Folder, _Size, _Lang) ->
    Acc.

taken(Folder) ->
    Add = fun(File, Sum) -> Sum + filelib:file_size(File) end,
    filelib:fold_files(binary_to_list(Folder), ".*", true, Add, 0).

process(Path, #request{method = 'PUT'} = Request) ->
    case given_elsewhere(Path, Request#request.length) of
        {ok, File, FileMode, FolderMode, _, _, Headers} ->
            store(Request, binary_to_list(File), FileMode, FolderMode, Headers);
        undefined ->
            mod_http_upload:process(Path, Request)
    end;
process(Path, Request) ->
    case mod_http_upload:process(Path, Request) of
        {200, Headers, Body} when Path /= [] -> {200, headers(Headers, lists:last(Path)), Body};
        Other -> Other
    end.

%% Where the file is to go, if another node gave its address; that one then forgets it.
given_elsewhere(Path, Size) when length(Path) >= 3 ->
    Slot = lists:nthtail(length(Path) - 3, Path),
    Others = ejabberd_cluster:get_nodes() -- [node()],
    Answers = [Answer || Host <- ejabberd_option:hosts(),
                         Others /= [],
                         gen_mod:is_loaded(Host, mod_http_upload),
                         {_, Answer} <- ask(Others, Host, {use_slot, Slot, Size}),
                         element(1, Answer) == ok],
    case Answers of
        [Answer | _] -> Answer;
        [] -> undefined
    end;
given_elsewhere(_Path, _Size) ->
    undefined.

ask(Nodes, Host, Question) ->
    Process = mod_http_upload:get_proc_name(Host, mod_http_upload),
    {Answers, _} = gen_server:multi_call(Nodes, Process, Question, 5000),
    Answers.

%% As mod_http_upload does it.
store(Request, File, FileMode, FolderMode, Headers) ->
    Folder = filename:dirname(File),
    ok = filelib:ensure_dir(File),
    case ejabberd_http:recv_file(Request, File) of
        ok ->
            change_mode(FileMode, [File]),
            change_mode(FolderMode, [Folder, filename:dirname(Folder)]),
            {201, [{<<"Content-Type">>, <<"text/plain">>} | Headers], <<>>};
        {error, closed} ->
            {404, Headers, <<>>};
        {error, Reason} ->
            logger:error("Cannot store ~ts: ~p", [File, Reason]),
            {500, Headers, <<>>}
    end.

change_mode(undefined, _Files) ->
    ok;
change_mode(Mode, Files) ->
    lists:foreach(fun(File) -> ok = file:change_mode(File, Mode) end, Files).

headers(Headers, File) ->
    Type = type(File, proplists:get_value(<<"Content-Type">>, Headers)),
    Kept = [Header || {Name, _} = Header <- Headers,
                      Name /= <<"Content-Type">>, Name /= <<"Content-Disposition">>],
    case Type of
        undefined -> Headers;
        _ -> [{<<"Content-Type">>, Type}, {<<"Content-Disposition">>, disposition(Type)} | Kept]
    end.

%% The name is in the address, which a browser takes it from.
disposition(<<"image/svg", _/binary>>) -> <<"attachment">>;
disposition(<<"image/", _/binary>>) -> <<"inline">>;
disposition(<<"audio/", _/binary>>) -> <<"inline">>;
disposition(<<"video/", _/binary>>) -> <<"inline">>;
disposition(_) -> <<"attachment">>.

%% Other media than mod_http_upload knows.
type(File, Known) ->
    case string:lowercase(filename:extension(File)) of
        <<".3gp">> -> <<"video/3gpp">>;
        <<".aac">> -> <<"audio/aac">>;
        <<".amr">> -> <<"audio/amr">>;
        <<".avif">> -> <<"image/avif">>;
        <<".flac">> -> <<"audio/flac">>;
        <<".heic">> -> <<"image/heic">>;
        <<".m4a">> -> <<"audio/mp4">>;
        <<".m4v">> -> <<"video/mp4">>;
        <<".mkv">> -> <<"video/x-matroska">>;
        <<".mov">> -> <<"video/quicktime">>;
        <<".mp3">> -> <<"audio/mpeg">>;
        <<".mp4">> -> <<"video/mp4">>;
        <<".oga">> -> <<"audio/ogg">>;
        <<".ogg">> -> <<"audio/ogg">>;
        <<".ogv">> -> <<"video/ogg">>;
        <<".opus">> -> <<"audio/ogg">>;
        <<".wav">> -> <<"audio/wav">>;
        <<".weba">> -> <<"audio/webm">>;
        <<".webm">> -> <<"video/webm">>;
        <<".webp">> -> <<"image/webp">>;
        _ -> Known
    end.
