# shellcheck shell=bash
# Sourced by the launcher and the train scripts: which Spark is in SPARK_HOME, and what it needs that others do not.

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

# VERSION as a number that grows with it; nothing if it is none.
release_number() {
  if [[ $1 =~ ^([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3}) ]]; then
    # Base ten, whatever the zeros in front.
    echo $((10#${BASH_REMATCH[1]} * 1000000 + 10#${BASH_REMATCH[2]} * 1000 + 10#${BASH_REMATCH[3]}))
  fi
}

# Spark 4 starts each Java with the module of the vector kernels, Spark 3.5 none. The executors' option is set by
# the driver, which is too late for its own. Prints one for the release with this number, or nothing.
driver_option() {
  (($1 >= 4000000)) || echo spark.driver.defaultJavaOptions=--add-modules=jdk.incubator.vector
}

# The strongest cipher that works in the release with this number: before 4.1.3 GCM stops after a connection's
# first message (SPARK-56227).
cipher_of() {
  if (($1 >= 4001003)); then echo AES/GCM/NoPadding; else echo AES/CTR/NoPadding; fi
}
