-- A Prosody that imkit works with, as far as Prosody goes (server/README.md says how far). What is of
-- one server (domain, ports, folders) is asked of the environment; in a configuration of one's own it
-- is written in its place.

daemonize = false
data_path = ENV_IMKIT_FOLDER .. "/data"
pidfile = ENV_IMKIT_FOLDER .. "/prosody.pid"
log = { warn = "*console" }
-- A server of one's own machine and in containers, where there is nobody else to be.
run_as_root = true

interfaces = { "127.0.0.1" }
http_interfaces = { "127.0.0.1" }
http_ports = { tonumber(ENV_IMKIT_PUBLIC_PORT) }
https_ports = {}
c2s_ports = { tonumber(ENV_IMKIT_CLIENT_PORT) }
c2s_direct_tls_ports = {}
s2s_ports = {}
-- An answer in two pieces would else wait for the first to be acknowledged.
network_settings = { nagle = false }
http_external_url = ENV_IMKIT_PUBLIC_URL .. "/"
-- The WebSocket and the files, under one name.
http_host = ENV_IMKIT_PUBLIC_HOST

-- Passwords are proved and not shown (SCRAM). TLS ends at a proxy, if the server is not on this machine.
authentication = "internal_hashed"
consider_websocket_secure = true
c2s_require_encryption = false

storage = "internal"
limits = {}

-- Everything that was said is kept.
default_archive_policy = true
archive_expires_after = "never"
storage_archive_item_limit = 1000000
max_archive_query_results = 250
-- A synced setting is an item: some for each conversation. With the default of 256 the oldest are lost.
pep_max_items = 100000

smacks_hibernation_time = 300
smacks_max_queue_size = 5000

modules_enabled = {
  "blocklist",
  "carbons",
  "disco",
  "http",
  "mam",
  "pep",
  "ping",
  "roster",
  "saslauth",
  "smacks",
  "time",
  "vcard",
  "version",
  "websocket",
}
-- What was missed comes from the archive. Offline storage would keep typing, too.
modules_disabled = { "offline", "s2s" }

VirtualHost(ENV_IMKIT_DOMAIN)

Component("upload." .. ENV_IMKIT_DOMAIN) "http_file_share"
  http_file_share_size_limit = tonumber(ENV_IMKIT_UPLOAD_LIMIT)
  http_file_share_daily_quota = 100 * 1024 * 1024 * 1024
  http_file_share_expires_after = -1
