package io.hindsight.submit.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.plan.KernelSpeed;
import io.hindsight.driver.plan.Plan;
import io.hindsight.driver.plan.Prediction;
import io.hindsight.driver.plan.SparkCosts;
import io.hindsight.driver.plan.Workload;
import java.util.List;

/**
 * A plan as one JSON object in one line; times in milliseconds, memory and messages in bytes.
 *
 * <pre>
 * {"name", "parameters", "sequences", "batch", "shards", "window", "steps_per_epoch", "steps",
 *  "data_bytes", "memory": {"task_bytes", "executor_bytes", "driver_bytes"},
 *  "engine", "reason", "notes": […], "executors", "cores_per_executor",
 *  "measured": {"implementation", "threads", "kernels": [{"blocks", "compute_ms"}], "hand_off_ms", "pack_ms",
 *               "fingerprint_ms", "merge_ms", "update_ms"},
 *  "executor_kernels": […], "executor_kernels_measured",
 *  "spark": {"origin", "jobs": {"step_ms", "peer_ms", "byte_ns"}, "resident": {…}},
 *  "engines": [{"engine", "executors", "tasks", "step_ms", "compute_ms", "engine_ms", "update_ms",
 *               "share_outside_kernel", "bytes_sent", "bytes_received"}],
 *  "scaling": [as engines, for 1, 2, 4 … 256 executors]}
 * </pre>
 */
public final class PlanJson {
  private static final double MILLI = 1e-6; // from ns

  private PlanJson() {}

  public static String of(Plan plan) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    sizes(root, plan);
    root.putObject("memory")
        .put("task_bytes", plan.memory().task())
        .put("executor_bytes", plan.memory().executor())
        .put("driver_bytes", plan.memory().driver());
    root.put("engine", plan.engine().label()).put("reason", plan.reason());
    plan.notes().forEach(root.putArray("notes")::add);
    root.put("executors", plan.cluster().executors());
    root.put("cores_per_executor", plan.cluster().cores());
    measured(root.putObject("measured"), plan);
    kernels(root.putArray("executor_kernels"), plan.executorSpeed());
    root.put("executor_kernels_measured", plan.measuredExecutors());
    ObjectNode spark = root.putObject("spark").put("origin", plan.spark().origin());
    cost(spark.putObject("jobs"), plan.spark().jobs());
    cost(spark.putObject("resident"), plan.spark().resident());
    predictions(root.putArray("engines"), plan.engines());
    predictions(root.putArray("scaling"), plan.scaling());
    return root.toString();
  }

  private static void sizes(ObjectNode root, Plan plan) {
    Workload work = plan.workload();
    root.put("name", plan.name()).put("parameters", work.parameters());
    root.put("sequences", work.sequences()).put("batch", work.batch());
    root.put("shards", work.shards()).put("window", work.window());
    root.put("steps_per_epoch", work.stepsPerEpoch()).put("steps", plan.totalSteps());
    root.put("data_bytes", work.dataBytes());
  }

  private static void measured(ObjectNode node, Plan plan) {
    node.put("implementation", plan.kernels()).put("threads", plan.constants().threads());
    kernels(node.putArray("kernels"), plan.constants().speed());
    node.put("hand_off_ms", plan.constants().handOffNanos() * MILLI);
    node.put("pack_ms", plan.constants().packNanos() * MILLI);
    node.put("fingerprint_ms", plan.constants().fingerprintNanos() * MILLI);
    node.put("merge_ms", plan.constants().mergeNanos() * MILLI);
    node.put("update_ms", plan.constants().updateNanos() * MILLI);
  }

  private static void kernels(ArrayNode array, KernelSpeed speed) {
    for (KernelSpeed.Point point : speed.points()) {
      array.addObject().put("blocks", point.blocks()).put("compute_ms", point.nanos() * MILLI);
    }
  }

  private static void cost(ObjectNode node, SparkCosts.Cost cost) {
    node.put("step_ms", cost.stepNanos() * MILLI).put("peer_ms", cost.peerNanos() * MILLI);
    node.put("byte_ns", cost.byteNanos());
  }

  private static void predictions(ArrayNode array, List<Prediction> predictions) {
    for (Prediction each : predictions) {
      ObjectNode node = array.addObject().put("engine", each.engine().label());
      node.put("executors", each.cluster().executors()).put("tasks", each.tasks());
      node.put("step_ms", each.stepMs()).put("compute_ms", each.computeNanos() * MILLI);
      node.put("engine_ms", each.engineNanos() * MILLI);
      node.put("update_ms", each.updateNanos() * MILLI);
      node.put("share_outside_kernel", each.shareOutsideKernel());
      node.put("bytes_sent", each.bytesSent()).put("bytes_received", each.bytesReceived());
    }
  }
}
