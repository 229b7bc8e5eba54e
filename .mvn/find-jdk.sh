# Finds a JDK for the build, so that `./mvnw` works where the default java is too old. Read by mvnw; POSIX shell.
#
# find_jdk sets and exports JAVA_HOME: to itself if it is new enough, else to the newest JDK it finds. It returns 1,
# after saying what to install, when there is none.

REQUIRED_JDK=21

# Prints the major version of the JDK in folder $1; nothing if there is no JDK (a runtime without javac is none).
jdk_major() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  if [ -f "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9][0-9]*\).*/\2/p' "$1/release"
  else
    "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \(1\.\)\{0,1\}\([0-9][0-9]*\).*/\2/p'
  fi
}

# Prints the JDK folder of the java on the PATH, with links such as /etc/alternatives followed.
default_jdk() {
  java=$(command -v java) || return 0
  while [ -L "$java" ]; do
    link=$(readlink "$java")
    case "$link" in
    /*) java=$link ;;
    *) java=$(dirname "$java")/$link ;;
    esac
  done
  (cd -P "$(dirname "$java")/.." 2>/dev/null && pwd)
}

# Print, one a line, the patterns of the folders that JDKs are usually put in: by the system, and by the user.
system_jdk_folders() {
  cat <<'END'
/usr/lib/jvm/*
/usr/lib64/jvm/*
/usr/java/*
/usr/local/java/*
/usr/local/openjdk-*
/opt/java/*
/opt/*jdk*
/opt/graalvm*
/Library/Java/JavaVirtualMachines/*/Contents/Home
/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
END
}

user_jdk_folders() {
  cat <<END
${SDKMAN_DIR:-$HOME/.sdkman}/candidates/java/*
$HOME/.jdks/*
$HOME/.gradle/jdks/*
$HOME/.asdf/installs/java/*
$HOME/.local/share/mise/installs/java/*
$HOME/Library/Java/JavaVirtualMachines/*/Contents/Home
END
}

# Prints every folder that may be a JDK, one a line.
jdk_candidates() (
  set +f
  IFS='
'
  default=$(default_jdk)
  [ -z "$default" ] || printf '%s\n' "$default" "$(dirname "$default")/"*
  for folder in $(user_jdk_folders; system_jdk_folders); do
    [ ! -d "$folder" ] || printf '%s\n' "$folder"
  done
)

# Prints the newest JDK of at least $REQUIRED_JDK among the candidates; of two as new, the one found first.
newest_jdk() {
  jdk_candidates | {
    newest=
    newest_major=$((REQUIRED_JDK - 1))
    while read -r candidate; do
      major=$(jdk_major "$candidate")
      if [ "${major:-0}" -gt "$newest_major" ]; then
        newest=$candidate
        newest_major=$major
      fi
    done
    [ -z "$newest" ] || printf '%s\n' "$newest"
  }
}

find_jdk() {
  asked=${JAVA_HOME-}
  asked_major=$([ -z "$asked" ] || jdk_major "$asked")
  if [ "${asked_major:-0}" -ge "$REQUIRED_JDK" ]; then
    return 0
  fi
  JAVA_HOME=$(newest_jdk)
  if [ -z "$JAVA_HOME" ]; then
    explain_missing_jdk "$asked" "$asked_major" >&2
    return 1
  fi
  export JAVA_HOME
  if [ -n "$asked" ]; then
    echo "mvnw: JAVA_HOME is $asked, which is no JDK of at least $REQUIRED_JDK; building with $JAVA_HOME." >&2
  fi
}

explain_missing_jdk() {
  default=$(default_jdk)
  default_major=$([ -z "$default" ] || jdk_major "$default")
  cat <<END
mvnw: Reprise is built with a JDK of at least $REQUIRED_JDK, and none was found.

  JAVA_HOME:            ${1:-not set}${2:+ (JDK $2)}
  java on the PATH:     ${default:-none}${default_major:+ (JDK $default_major)}
  also looked beside it, in SDKMAN's folder, and in:
$(system_jdk_folders | sed 's/^/    /')

Install one, for instance with
  Debian or Ubuntu:     sudo apt-get install openjdk-21-jdk
  Fedora:               sudo dnf install java-21-openjdk-devel
  macOS:                brew install openjdk@25
  SDKMAN:               sdk install java 25-tem
or, if you have one in another place, set JAVA_HOME to its folder.
END
}
