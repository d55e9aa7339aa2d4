#!/usr/bin/env bash
# Updates Lang Nghe on one server and takes the update back when the new version does not answer:
# backup, packages and build beside the running version, stop, switch, migrate, start, /healthz; or back.
#
#   update.sh /opt/lang-nghe/releases/2026-12-01
#
# Run as root. /opt/lang-nghe/current is a link to the release that runs. LANG_NGHE_* replace the parts of a server
# without systemd.
set -euo pipefail

release="$(realpath "${1:?Which release? update.sh /opt/lang-nghe/releases/<name>}")"
home="${LANG_NGHE_HOME:-/opt/lang-nghe}"
settings="${LANG_NGHE_ENVIRONMENT:-/etc/lang-nghe/environment}"
owner_settings="${LANG_NGHE_OWNER_ENVIRONMENT:-/etc/lang-nghe/owner-environment}"
start="${LANG_NGHE_START:-systemctl start lang-nghe}"
stop="${LANG_NGHE_STOP:-systemctl stop lang-nghe}"
as_user="${LANG_NGHE_AS_USER-runuser -u lang-nghe --}"
current="$home/current"
previous="$(realpath "$current")"

set -a
# shellcheck disable=SC1090
. "$settings"
# shellcheck disable=SC1090
if [ -r "$owner_settings" ]; then . "$owner_settings"; fi
set +a
: "${DATA_DIR:?DATA_DIR is missing in $settings}"
backups="${BACKUP_DIR:-$DATA_DIR-backups}"

# The tools of a release, with its own Node, as the user of the service.
run() { (cd "$1" && $as_user "$1/node_modules/.bin/node" "supabase/local/$2" "${@:3}"); }

healthy() {
	for _ in $(seq 1 90); do
		if curl --silent --fail --max-time 5 "http://127.0.0.1:${PORT:-3000}/healthz" > /dev/null; then return 0; fi
		sleep 1
	done
	return 1
}

switch_to() { ln --symbolic --force --no-dereference "$1" "$current"; }

echo "1/4 Backup of the running version…"
run "$previous" backup.ts

echo "2/4 Packages and build of $release…"
(cd "$release" && npm_config_ignore_scripts=false node supabase/local/bootstrap.mjs && node_modules/.bin/node supabase/local/build.ts)

echo "3/4 Switching…"
began="$(date -u +%Y%m%dT%H%M%SZ)"
$stop
switch_to "$release"
migrated=yes
if [ -n "${DATABASE_URL:-}" ] && ! run "$release" migrate.ts; then migrated=no; fi

echo "4/4 Starting and asking /healthz…"
if [ "$migrated" = yes ] && $start && healthy; then
	echo "Updated. The previous version stays in $previous."
	exit 0
fi

echo "The new version does not answer: taking it back…" >&2
$stop || true
switch_to "$previous"
# A backup made since the switch means that the schema was about to change: the old version gets its own data back.
archive="$(find "$backups" -name 'lang-nghe-*-before-*.tar.gz.age' -printf '%f\n' | sort | tail -n 1)"
if [[ -n "$archive" && "${archive:10:16}" > "$began" ]]; then
	if [ -n "${DATABASE_URL:-}" ]; then
		echo "The schema at DATABASE_URL may have changed: restore $backups/$archive into an empty database, then start." >&2
		exit 2
	fi
	failed="$DATA_DIR-failed-$began"
	mv "$DATA_DIR" "$failed"
	run "$previous" restore.ts "$backups/$archive"
	echo "The data of the failed update lies in $failed." >&2
fi
$start
healthy || { echo "The previous version does not answer either: see its logs." >&2; exit 3; }
echo "The previous version runs again." >&2
exit 1
