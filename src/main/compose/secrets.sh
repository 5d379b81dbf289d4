#!/bin/sh
# Makes what the containers of compose.yaml share and nobody else may know, once; files that are there stay. As root,
# because each belongs to the number that its container runs as.
set -eu
umask 077
cd "$(dirname "$0")"
mkdir -p secrets
cd secrets

random() {
  head -c 32 /dev/urandom | base64
}

# NAME USER: from standard input, for that user alone
keep() {
  cat >"$1.new"
  chown "$2:$2" "$1.new"
  chmod 0400 "$1.new"
  mv "$1.new" "$1"
}

if [ ! -e postgres.password ] || [ ! -e redis.conf ] || [ ! -e parley.properties ]; then
  postgres=$(random | tr -d '+/=\n')
  redis=$(random | tr -d '+/=\n')
  printf '%s' "$postgres" | keep postgres.password 0
  printf 'requirepass %s\nsave ""\nappendonly no\nmaxmemory-policy noeviction\n' "$redis" | keep redis.conf 999
  printf 'parley.store.password=%s\nparley.relay.url=redis://:%s@redis\n' "$postgres" "$redis" | keep parley.properties 10001
fi
[ -e parley.secret ] || random | keep parley.secret 10001
