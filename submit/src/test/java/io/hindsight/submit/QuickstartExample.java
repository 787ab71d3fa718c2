package io.hindsight.submit;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.builder.DataBuilder;
import io.hindsight.driver.config.builder.ModelBuilder;
import io.hindsight.driver.config.builder.OptimizerBuilder;
import io.hindsight.driver.config.builder.RunConfigBuilder;
import io.hindsight.driver.config.builder.ScheduleBuilder;
import io.hindsight.driver.config.builder.TrainingBuilder;
import io.hindsight.driver.config.section.ResolvedConfig;

/** The example of conf/README.md: the configuration of conf/quickstart.yaml, made in Java. */
public final class QuickstartExample {
  private QuickstartExample() {}

  /** Prints it in YAML, for the commands. */
  public static void main(String[] args) {
    System.out.print(ResolvedConfig.toYaml(quickstart()));
  }

  static RunConfig quickstart() {
    DataBuilder months =
        DataBuilder.table("csv")
            .path("datasets/data/co2.csv")
            .option("header", "true")
            .sequence("station")
            .time("month")
            .inputs("ppm")
            .targets("ppm")
            .difference(true)
            .season(12)
            .validation(48)
            .test(48);
    TrainingBuilder training =
        new TrainingBuilder()
            .epochs(100)
            .batch(8)
            .window(48)
            .stride(4)
            .optimizer(OptimizerBuilder.adam(1e-2))
            .schedule(ScheduleBuilder.cosine())
            .clipNorm(1)
            .earlyStopping(20);
    return RunConfigBuilder.named("quickstart")
        .data(months)
        .model(ModelBuilder.lstm(32).initialForgetBias(1))
        .training(training)
        .build();
  }
}
