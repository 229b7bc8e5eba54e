#!/bin/sh
# Tests .mvn/find-jdk.sh with made-up JDKs in a temporary folder. The Maven build runs it; so may you, from anywhere.
set -eu
script=$(cd "$(dirname "$0")/../.." && pwd)/.mvn/find-jdk.sh
world=$(cd "$(mktemp -d)" && pwd -P)
trap 'rm -rf "$world"' EXIT

passed=0
failed=0

# A JDK of version $2 in folder $1; with a third argument, one that has no `release` file.
jdk() {
  mkdir -p "$1/bin"
  echo 'exit 0' >"$1/bin/java"
  printf '#!/bin/sh\necho "javac %s"\n' "$2" >"$1/bin/javac"
  chmod +x "$1/bin/java" "$1/bin/javac"
  [ $# -gt 2 ] || printf 'IMPLEMENTOR="Test"\nJAVA_VERSION="%s"\n' "$2" >"$1/release"
}

# Runs find_jdk as mvnw does (set -euf), in a world of its own: $1 is JAVA_HOME, $2 the folder of the default java's link.
found_with() {
  (
    set -euf
    . "$script"
    system_jdk_folders() { echo "$world/usr/lib/jvm/*"; }
    HOME=$world/home
    unset SDKMAN_DIR
    JAVA_HOME=$1
    PATH=${2:+$2:}/usr/bin:/bin
    # This machine's own java is no part of the test's world.
    [ -n "${2:-}" ] || default_jdk() { :; }
    find_jdk 2>"$world/said" && printf '%s' "$JAVA_HOME"
  ) || printf 'nothing'
}

expect() {
  if [ "$2" = "$3" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED: %s\n  expected: %s\n  was:      %s\n' "$1" "$2" "$3"
  fi
}

said() { grep -q -- "$1" "$world/said" && echo yes || echo no; }

expect 'no JDK anywhere' nothing "$(found_with '')"
expect 'says what is needed' yes "$(said 'JDK of at least 21')"
expect 'says how to install it' yes "$(said 'apt-get install')"

jdk "$world/usr/lib/jvm/java-17" 17.0.15
jdk "$world/usr/lib/jvm/java-8" 1.8.0_402
expect 'only old ones' nothing "$(found_with "$world/usr/lib/jvm/java-17")"
expect 'says what JAVA_HOME is' yes "$(said 'java-17 (JDK 17)')"

jdk "$world/usr/lib/jvm/java-21" 21.0.8
expect 'a usual folder' "$world/usr/lib/jvm/java-21" "$(found_with '')"
expect 'says nothing when all is well' no "$(said mvnw)"
expect 'JAVA_HOME too old' "$world/usr/lib/jvm/java-21" "$(found_with "$world/usr/lib/jvm/java-17")"
expect 'says that it takes another' yes "$(said 'building with')"
expect 'JAVA_HOME that does not exist' "$world/usr/lib/jvm/java-21" "$(found_with "$world/gone")"

jdk "$world/home/.sdkman/candidates/java/25.0.1-tem" 25.0.1
expect 'SDKMAN, and the newest' "$world/home/.sdkman/candidates/java/25.0.1-tem" "$(found_with '')"
expect 'JAVA_HOME new enough stays' "$world/usr/lib/jvm/java-21" "$(found_with "$world/usr/lib/jvm/java-21")"

jdk "$world/some where/jdk 17" 17.0.1
jdk "$world/some where/jdk 26" 26 without-release-file
mkdir -p "$world/alternatives" "$world/path"
ln -s "$world/some where/jdk 17/bin/java" "$world/alternatives/java"
ln -s ../alternatives/java "$world/path/java"
chmod +x "$world/some where/jdk 17/bin/java"
expect "the default java's sibling, through links, with spaces" "$world/some where/jdk 26" "$(found_with '' "$world/path")"

rm "$world/some where/jdk 26/bin/javac"
expect 'a runtime without compiler does not count' "$world/home/.sdkman/candidates/java/25.0.1-tem" \
  "$(found_with '' "$world/path")"

printf 'find-jdk: %s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
