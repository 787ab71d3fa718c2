package io.hindsight.driver.bench;

import io.hindsight.kernels.math.choice.OpsProvider;
import io.hindsight.kernels.network.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures the kernels on this machine; starts no Spark. */
public final class Bench {
  private static final Logger LOG = LoggerFactory.getLogger(Bench.class);

  private Bench() {}

  /** Measures every shape with every cell, and the core's peak between them. */
  public static BenchReport run(BenchSettings settings) {
    Peak peak = new Peak();
    List<LayerResult> results = layers(settings, peak);
    return new BenchReport(
        OpsProvider.get().name(),
        BenchMachine.present(),
        peak.gflops(),
        peak.kind(),
        results,
        settings.threads() > 1 ? scaling(settings) : List.of());
  }

  private static List<LayerResult> layers(BenchSettings settings, Peak peak) {
    List<LayerBench> layers = each(settings, LayerBench::new);
    LOG.info("{} kernels: warming up {} layers", OpsProvider.get().name(), layers.size());
    List<Measured> inTurn = new ArrayList<>();
    for (LayerBench layer : layers) {
      inTurn.add(peak);
      inTurn.add(layer);
    }
    new Rounds(inTurn, settings.seconds()).run();
    return layers.stream().map(LayerBench::result).toList();
  }

  private static List<ThreadScaling> scaling(BenchSettings settings) {
    int processors = Runtime.getRuntime().availableProcessors();
    if (settings.threads() > processors) {
      LOG.warn(
          "{} threads on {} processors cannot scale; allow the process more of them",
          settings.threads(),
          processors);
    }
    List<EngineBench> engines =
        each(settings, (cell, shape) -> new EngineBench(cell, shape, settings.threads()));
    LOG.info("local engine with 1 and {} threads: warming up", settings.threads());
    try {
      new Rounds(engines, settings.seconds()).run();
      return engines.stream().map(EngineBench::result).toList();
    } finally {
      engines.forEach(EngineBench::close);
    }
  }

  /** One per shape and cell, in the order of the settings. */
  private static <T> List<T> each(BenchSettings settings, BiFunction<Cell, BenchShape, T> make) {
    List<T> made = new ArrayList<>();
    for (BenchShape shape : settings.shapes()) {
      for (Cell cell : settings.cells()) {
        made.add(make.apply(cell, shape));
      }
    }
    return made;
  }
}
