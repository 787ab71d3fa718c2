package io.hindsight.driver.spark.jobs;

import io.hindsight.datasets.progress.JobName;
import io.hindsight.driver.engine.GradientEngine;
import io.hindsight.driver.step.StepOutcome;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.parallel.RangeLoop;
import org.apache.spark.SparkContext;

/** An engine whose jobs tell people which step they compute: {@code step 120 of 1100}. */
public final class NamedSteps implements GradientEngine {
  private final GradientEngine engine;
  private final SparkContext context;
  private final long total;

  /**
   * Names the jobs of an engine.
   *
   * @param engine closed with this one
   * @param total steps of the run
   */
  public NamedSteps(GradientEngine engine, SparkContext context, long total) {
    this.engine = engine;
    this.context = context;
    this.total = total;
  }

  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public int tasks() {
    return engine.tasks();
  }

  @Override
  public StepOutcome gradient(Parameters parameters, StepRequest request) {
    String what = "step " + (request.step() + 1) + " of " + total;
    try (JobName name = JobName.of(context, what)) {
      return engine.gradient(parameters, request);
    }
  }

  @Override
  public long mended() {
    return engine.mended();
  }

  @Override
  public RangeLoop loop() {
    return engine.loop();
  }

  @Override
  public void close() {
    engine.close();
  }
}
