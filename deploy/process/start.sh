#!/usr/bin/env bash
# One process of a cluster, in the foreground: start.sh broker|zookeeper|jobmanager|taskmanager [ARGUMENT...]
# Arguments go to the process: `-D NAME=VALUE` to Flink, `--override NAME=VALUE` to Kafka.
#   REALM_CONF_DIR     folder with config.yaml (Flink), server.properties (broker), zoo.cfg (zookeeper), log4j2.xml (all)
#   REALM_LIB_DIR      folder with the jars
#   REALM_LOG_DIR      folder that takes the log as ROLE.log; without it the log goes to stdout
#   REALM_BROKER_HEAP  the broker's heap, default 512m; the memory of Flink's processes stands in config.yaml
#   JAVA_HOME          a JDK 17 or newer; without it, the java on the path is taken
set -euo pipefail

fail() {
  echo "start.sh: $1" >&2
  exit 1
}

role="${1:-}"
case "$role" in
  broker | zookeeper | jobmanager | taskmanager) shift ;;
  *) fail "the first argument must be broker, zookeeper, jobmanager or taskmanager, not '$role'" ;;
esac
conf="${REALM_CONF_DIR:-}"
lib="${REALM_LIB_DIR:-}"
[ -f "$conf/log4j2.xml" ] || fail "REALM_CONF_DIR is '$conf', where no log4j2.xml is"
[ -d "$lib" ] || fail "REALM_LIB_DIR is '$lib', which is no folder"
if [ -n "${JAVA_HOME:-}" ]; then
  java="$JAVA_HOME/bin/java"
  [ -x "$java" ] || fail "JAVA_HOME is $JAVA_HOME, which has no bin/java"
else
  java="$(command -v java)" || fail "no java found; install a JDK 17 or newer, or set JAVA_HOME"
fi

flags=(-Dfile.encoding=UTF-8 -Djava.awt.headless=true "-Dlog4j2.configurationFile=$conf/log4j2.xml")
if [ -n "${REALM_LOG_DIR:-}" ]; then
  mkdir -p "$REALM_LOG_DIR"
  # Flink's dashboard shows the file of this name
  flags+=("-Dlog.file=$REALM_LOG_DIR/$role.log")
fi
# for a program that ends soon
short=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1)

if [ "$role" = broker ]; then
  # Java writes \uXXXX for what is not ASCII, and a backslash before # = : !
  data="$(sed -n 's/^log\.dirs=//p' "$conf/server.properties" | sed 's/\\\([#=:! ]\)/\1/g')"
  data="$(printf '%b' "$data")"
  if [ ! -f "$data/meta.properties" ]; then
    # letters and digits, since Kafka takes a leading - for an option
    id="$(head -c 64 /dev/urandom | base64 | tr -dc 'A-Za-z0-9' | cut -c 1-21)A"
    "$java" "${flags[@]}" "${short[@]}" -cp "$lib/*" kafka.tools.StorageTool \
      format -t "$id" -c "$conf/server.properties" ||
      fail "Kafka's folder $data cannot be formatted; the reason stands above"
  fi
  exec "$java" "${flags[@]}" "-Xmx${REALM_BROKER_HEAP:-512m}" -cp "$lib/*" \
    kafka.Kafka "$conf/server.properties" "$@"
fi

if [ "$role" = zookeeper ]; then
  exec "$java" "${flags[@]}" -Xmx64m -XX:+UseSerialGC -cp "$lib/*" \
    org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer \
    --zkConfigFile "$conf/zoo.cfg" --peerId 1 "$@"
fi

case "$role" in
  jobmanager)
    main=org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint
    question=GET_JM_RESOURCE_PARAMS
    ;;
  taskmanager)
    main=org.apache.flink.runtime.taskexecutor.TaskManagerRunner
    question=GET_TM_RESOURCE_PARAMS
    # a search walks through megabytes of the heap: with small pages, a fifth of its time goes there
    [ "$(uname)" = Linux ] && flags+=(-XX:+UseTransparentHugePages)
    ;;
esac
# Flink divides the memory of config.yaml: one line of flags, one of settings
told="$("$java" "${flags[@]}" "${short[@]}" -cp "$lib/*" \
  org.apache.flink.runtime.util.bash.BashJavaUtils "$question" --configDir "$conf" "$@")" ||
  fail "Flink refuses config.yaml; the reason stands above"
told="$(sed -n 's/^BASH_JAVA_UTILS_EXEC_RESULT://p' <<<"$told")"
IFS=' ' read -r -a memory <<<"$(sed -n 1p <<<"$told")"
IFS=' ' read -r -a settings <<<"$(sed -n 2p <<<"$told")"
IFS=' ' read -r -a options <<<"$(sed -n 's/^env\.java\.opts\.all: *//p' "$conf/config.yaml")"
exec "$java" "${flags[@]}" "${memory[@]}" ${options[@]+"${options[@]}"} -cp "$lib/*" \
  "$main" --configDir "$conf" ${settings[@]+"${settings[@]}"} "$@"
