# shellcheck shell=bash
# Sourced by the train scripts, which have set 'home': what all of them need before they start Spark. Nothing here
# reads a secret.

# shellcheck source=submit/locale.sh
. "$home/submit/locale.sh"
use_utf8

# Ends with the exit code of a wrong use.
fail() { printf 'hindsight: %s\n' "$*" >&2; exit 2; }

# Checks the arguments CONFIG and RUN_DIR.
require_arguments() {
  (($# >= 2)) || fail "CONFIG and RUN_DIR are needed: $0 CONFIG RUN_DIR [options of 'train']"
  [[ -r $1 ]] || fail "the configuration '$1' cannot be read."
}

# Checks that an environment variable is set: NAME, what it is.
require_variable() {
  [[ -n ${!1:-} ]] || fail "$1 is not set; it must be $2."
}

# Checks SPARK_HOME. Older releases hang with the cipher of conf/spark-*.conf instead of refusing it, and previews
# carry the number of a release that they come before.
require_spark() {
  local version number what
  require_variable SPARK_HOME "the folder of a Spark 4.1 installation"
  [[ -x $SPARK_HOME/bin/spark-submit ]] || fail "SPARK_HOME is '$SPARK_HOME', which has no bin/spark-submit."
  version=$(spark_version)
  what="4.1.3 or newer is needed, as AES-GCM does not work before (SPARK-56227)."
  [[ $version =~ ^([0-9]+)\.([0-9]+)\.([0-9]+) ]] ||
    fail "cannot tell the version of the Spark in '$SPARK_HOME' by jars/spark-network-common_*.jar or RELEASE; $what"
  number=$((BASH_REMATCH[1] * 1000000 + BASH_REMATCH[2] * 1000 + BASH_REMATCH[3]))
  [[ ! $(tr '[:upper:]' '[:lower:]' <<<"$version") =~ preview|snapshot|alpha|beta|[-.](rc|m)[0-9] ]] ||
    fail "the Spark in '$SPARK_HOME' is $version, which is no release; $what"
  ((number >= 4001003)) || fail "the Spark in '$SPARK_HOME' is $version; $what"
}

# The version of the jar with the cipher, or that of the installation; a distributor may append to it.
spark_version() {
  local jar
  for jar in "$SPARK_HOME"/jars/spark-network-common_*-[0-9]*.jar; do
    if [[ -f $jar ]]; then
      sed -E 's|.*/spark-network-common_[0-9.]+-(.*)\.jar$|\1|' <<<"$jar"
      return
    fi
  done
  sed -n -E '1s/^Spark ([^ ]+).*/\1/p' "$SPARK_HOME/RELEASE" 2>/dev/null || true
}

# Checks that a run directory means the same on every machine: RUN_DIR.
require_shared() {
  [[ $1 == *://* || $1 == /* ]] ||
    fail "RUN_DIR is '$1', but the driver may run anywhere: use hdfs://HOST/PATH, or an absolute path that all mount."
}
