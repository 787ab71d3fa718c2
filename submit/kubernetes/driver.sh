# shellcheck shell=bash
# Sourced by the scripts for Kubernetes, which have set 'home': the driver in the pod where they run.

# shellcheck source=submit/checks.sh disable=SC2154
. "$home/submit/checks.sh"

# Checks what the manifests give a pod.
require_pod() {
  local secret=/etc/hindsight/auth/secret
  require_spark
  require_variable POD_NAME "this pod's name (metadata.name); executors end with it"
  require_variable POD_IP "this pod's address (status.podIP), where executors find the driver"
  require_variable POD_NAMESPACE "this pod's namespace (metadata.namespace)"
  require_variable HINDSIGHT_IMAGE "the image of the executors, the same as this pod's"
  [[ -r $secret ]] || fail "'$secret' cannot be read; mount the Secret hindsight-auth there, as job.yaml does."
}

# Replaces this script by the driver, which so gets the signals of the pod and ends it with its exit code: the
# arguments of Hindsight.
become_driver() {
  read_settings "$home/conf/spark-kubernetes.conf"
  exec "$SPARK_HOME/bin/spark-submit" \
    --master k8s://https://kubernetes.default.svc \
    --deploy-mode client \
    "${settings[@]}" \
    --conf spark.kubernetes.namespace="$POD_NAMESPACE" \
    --conf spark.kubernetes.driver.pod.name="$POD_NAME" \
    --conf spark.kubernetes.container.image="$HINDSIGHT_IMAGE" \
    --conf spark.driver.host="$POD_IP" \
    --conf spark.driver.bindAddress="$POD_IP" \
    --class io.hindsight.submit.Hindsight \
    "$home/submit/target/hindsight.jar" "$@"
}
