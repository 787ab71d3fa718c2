# shellcheck shell=bash
# Sourced by the scripts that train and retrain, which have set 'home': what they need before they start Spark. Nothing
# here reads a secret.

# shellcheck source=submit/locale.sh disable=SC2154
. "$home/submit/locale.sh"
# shellcheck source=submit/release.sh
. "$home/submit/release.sh"
use_utf8

say() { printf 'hindsight: %s\n' "$*" >&2; }

# Ends with the exit code of a wrong use.
fail() { say "$@"; exit 2; }

# Checks the arguments CONFIG and, for COMMAND, SECOND: SECOND COMMAND ARGUMENTS.
require_arguments() {
  (($# >= 4)) || fail "CONFIG and $1 are needed: $0 CONFIG $1 [options of '$2']"
  [[ -r $3 ]] || fail "the configuration '$3' cannot be read."
}

# Checks that an environment variable is set: NAME, what it is.
require_variable() {
  [[ -n ${!1:-} ]] || fail "$1 is not set; it must be $2."
}

# Checks SPARK_HOME; previews carry the number of a release that they come before. Sets: version, number.
require_spark() {
  local what="3.5.0 or newer is needed."
  require_variable SPARK_HOME "the folder of a Spark installation, $what"
  [[ -x $SPARK_HOME/bin/spark-submit ]] || fail "SPARK_HOME is '$SPARK_HOME', which has no bin/spark-submit."
  version=$(spark_version)
  number=$(release_number "$version")
  [[ -n $number ]] ||
    fail "cannot tell the version of the Spark in '$SPARK_HOME' by jars/spark-network-common_*.jar or RELEASE; $what"
  [[ ! $(tr '[:upper:]' '[:lower:]' <<<"$version") =~ preview|snapshot|alpha|beta|[-.](rc|m)[0-9] ]] ||
    fail "the Spark in '$SPARK_HOME' is $version, which is no release; $what"
  ((number >= 3005000)) || fail "the Spark in '$SPARK_HOME' is $version; $what"
}

# The settings in a file of conf/ as options of spark-submit, which reads spark-defaults.conf beside them; given as
# the file, Spark 3.5 would not. The cipher is the strongest that works in this Spark. Sets: settings, cipher.
read_settings() {
  local name value option
  settings=()
  while read -r name value; do
    [[ $name != spark.* ]] || settings+=(--conf "$name=$value")
  done <"$1"
  cipher=$(cipher_of "$number")
  if [[ $cipher != AES/GCM/* ]]; then
    settings+=(--conf "spark.network.crypto.cipher=$cipher")
    say "Spark $version: $cipher between driver and executors, since its AES/GCM hangs (SPARK-56227). It hides what" \
      "is sent as well, but does not notice changed bits; 4.1.3 and newer do."
  fi
  option=$(driver_option "$number")
  [[ -z $option ]] || settings+=(--conf "$option")
}

# Checks that a run directory or registry means the same on every machine: LOCATION NAME.
require_shared() {
  [[ $1 == *://* || $1 == /* ]] ||
    fail "$2 is '$1', but the driver may run anywhere: use hdfs://HOST/PATH, or an absolute path that all mount."
}

# Checks that the cluster's settings name the cipher that the application uses; with another one both sides wait for
# each other. FILE: its spark-defaults.conf.
require_cipher() {
  local theirs
  theirs=$(sed -n -E 's/^[[:space:]]*spark\.network\.crypto\.cipher[[:space:]=:]+([^[:space:]]+).*/\1/p' "$1" | tail -n 1)
  : "${theirs:=AES/CTR/NoPadding}" # Spark's default
  [[ $theirs == "$cipher" ]] ||
    fail "'$1' has $theirs as spark.network.crypto.cipher, but $cipher is the one for Spark $version; set it on every host."
}
