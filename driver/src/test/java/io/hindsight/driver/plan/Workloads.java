package io.hindsight.driver.plan;

import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import java.util.List;

/** Workloads with round numbers. */
final class Workloads {
  private Workloads() {}

  /** One LSTM layer; Adam's two slots; one block per shard. */
  static Workload lstm(int hidden, int parameters, int shards, int window) {
    return of(hidden, parameters, shards, window, 1 << 20, 10);
  }

  /** A small network on data of this many bytes, in a thousand steps. */
  static Workload withData(long bytes) {
    return of(64, 17_000, 8, 50, bytes, 1000);
  }

  private static Workload of(
      int hidden, int parameters, int shards, int window, long data, long steps) {
    NetworkSpec spec =
        NetworkSpec.plain(
            InputSpec.dense(2),
            new LstmCell(),
            List.of(hidden),
            new OutputSpec(1, OutputSpec.Loss.SQUARED_ERROR, OutputSpec.At.EVERY_STEP));
    return new Workload(
        spec, parameters, 100, 8 * shards, shards, shards, window, steps, data, data, 0, 2, 0);
  }
}
