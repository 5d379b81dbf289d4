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

there=0
for file in postgres.password redis.conf parley.properties; do
  [ ! -e "$file" ] || there=$((there + 1))
done
if [ "$there" -ne 0 ] && [ "$there" -ne 3 ]; then
  echo "secrets: postgres.password, redis.conf and parley.properties have the same passwords, and some of them are missing:" >&2
  echo "bring them back, or remove all three if there is no database yet." >&2
  exit 1
fi
if [ "$there" -eq 0 ]; then
  postgres=$(random | tr -d '+/=\n')
  redis=$(random | tr -d '+/=\n')
  printf '%s' "$postgres" | keep postgres.password 0
  printf 'requirepass %s\nsave ""\nappendonly no\nmaxmemory-policy noeviction\n' "$redis" | keep redis.conf 999
  printf 'parley.store.password=%s\nparley.relay.url=redis://:%s@redis\n' "$postgres" "$redis" | keep parley.properties 10001
fi
[ -e parley.secret ] || random | keep parley.secret 10001
