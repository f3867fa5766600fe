#!/bin/sh
# Starts ejabberd in its container, and has it join the others the first time.
#
#   ERLANG_NODE_ARG  its name, as ejabberdctl has it: ejabberd@node-1
#   ERLANG_COOKIE    the word that all nodes know
#   JOIN_CLUSTER     a node to join; nothing for the first one, and for one that stands alone

set -eu
data=/var/lib/ejabberd
cookie=$data/.erlang.cookie
joining=/tmp/joining

# Where ejabberdctl finds it too, and in no list of processes.
if [ -n "${ERLANG_COOKIE:-}" ]; then
  rm -f "$cookie"
  (umask 277 && printf %s "$ERLANG_COOKIE" >"$cookie")
fi

# Once it has joined, it finds the others by itself.
if [ -n "${JOIN_CLUSTER:-}" ] && [ ! -e "$data/joined" ]; then
  touch "$joining"
  call() {
    curl --fail --silent --output /dev/null "http://$1:5281/api/$2/v2" --json "$3"
  }
  # Alone it would be another server, on the same database.
  until call "${JOIN_CLUSTER#*@}" status '{}'; do sleep 1; done
  join() {
    until call 127.0.0.1 join_cluster "{\"node\": \"$JOIN_CLUSTER\"}"; do sleep 1; done
    touch "$data/joined"
    rm "$joining"
  }
  # Not as a child of Erlang, which would not notice its end.
  (join &)
else
  rm -f "$joining"
fi

export EJABBERD_CONFIG_PATH=/opt/imkit/ejabberd/node.yml
export EJABBERD_LOG_PATH=/var/log/ejabberd/ejabberd.log
export ERL_CRASH_DUMP=/dev/null
ERL_LIBS=$(echo /usr/lib/*-linux-gnu)
export ERL_LIBS

exec erl -sname "${ERLANG_NODE_ARG:-ejabberd@localhost}" \
  -kernel inet_dist_listen_min 4370 inet_dist_listen_max 4399 \
  +K true +P 250000 +sbwt none +sbwtdcpu none +sbwtdio none \
  -pa /opt/imkit/modules -mnesia dir "\"$data\"" -noinput -s ejabberd
