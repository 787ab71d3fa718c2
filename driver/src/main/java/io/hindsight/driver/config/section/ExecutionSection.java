package io.hindsight.driver.config.section;

import io.hindsight.driver.config.EngineKind;
import io.hindsight.driver.config.ReduceKind;
import io.hindsight.driver.config.TrainingConfig.Execution;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.driver.config.yaml.Words;
import java.util.Map;

/** The keys of the {@code training} section that never change the result. */
final class ExecutionSection {
  private ExecutionSection() {}

  /** Reads the keys. */
  static Execution read(Section training) {
    Execution usual = Execution.DEFAULT;
    EngineKind stated = training.choice("engine", EngineKind.class).orElse(usual.engine());
    SectionNumbers numbers = new SectionNumbers(training);
    int tasks = numbers.integer("tasks", Range.NOT_NEGATIVE).orElse(usual.tasks());
    ReduceKind reduce = training.choice("reduce", ReduceKind.class).orElse(usual.reduce());
    int diagnoseEvery =
        numbers.integer("diagnose-every", Range.NOT_NEGATIVE).orElse(usual.diagnoseEvery());
    return new Execution(engineFor(training, reduce, stated), tasks, reduce, diagnoseEvery);
  }

  /** Slices need the free slots and the shuffle of {@code spark-jobs}, so they ask for it. */
  private static EngineKind engineFor(Section training, ReduceKind reduce, EngineKind stated) {
    if (reduce != ReduceKind.SLICED) {
      return stated;
    }
    boolean another = stated != EngineKind.AUTO && stated != EngineKind.SPARK_JOBS;
    if (another && training.sound("engine")) {
      training.problem(
          "reduce",
          "sliced belongs to spark-jobs, but training.engine is " + Words.of(stated),
          "use engine: spark-jobs, or reduce: auto");
    }
    return EngineKind.SPARK_JOBS;
  }

  /** Writes the keys. */
  static void write(Execution config, Map<String, Object> training) {
    training.put("engine", Words.of(config.engine()));
    training.put("tasks", config.tasks());
    training.put("reduce", Words.of(config.reduce()));
    training.put("diagnose-every", config.diagnoseEvery());
  }
}
