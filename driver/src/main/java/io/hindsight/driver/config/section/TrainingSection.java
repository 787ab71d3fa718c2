package io.hindsight.driver.config.section;

import io.hindsight.datasets.Count;
import io.hindsight.driver.config.EngineKind;
import io.hindsight.driver.config.ReduceKind;
import io.hindsight.driver.config.TrainingConfig;
import io.hindsight.driver.config.TrainingConfig.Bptt;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.driver.config.yaml.Words;
import io.hindsight.driver.config.yaml.YamlNode;
import io.hindsight.driver.optim.GradientClipper;
import io.hindsight.driver.optim.LearningRate;
import io.hindsight.kernels.math.Lanes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The {@code training} section. */
final class TrainingSection {
  private static final int LANES = Lanes.LANES;
  private static final int BATCH = 32;
  private static final Range COUNT = Range.atLeast(1);

  private final Section training;
  private final SectionNumbers numbers;

  private TrainingSection(Section training) {
    this.training = training;
    this.numbers = new SectionNumbers(training);
  }

  /** Reads the section. */
  static TrainingConfig read(Section training) {
    return new TrainingSection(training).training();
  }

  private TrainingConfig training() {
    requireOneLength();
    Optional<Integer> epochs = numbers.integer("epochs", COUNT);
    Optional<Long> steps = numbers.whole("steps", COUNT);
    int batch = numbers.integer("batch", COUNT).orElse(BATCH);
    OptionalInt shards = shards(batch);
    EngineKind stated = engine();
    int tasks = numbers.integer("tasks", Range.NOT_NEGATIVE).orElse(0);
    ReduceKind reduce = training.choice("reduce", ReduceKind.class).orElse(ReduceKind.AUTO);
    EngineKind engine = engineFor(reduce, stated);
    Bptt bptt = BpttSection.read(training.section("bptt"));
    OptimizerSection optimizer = OptimizerSection.read(training);
    LearningRate rate =
        ScheduleSection.read(training.section("schedule"), optimizer.learningRate(), steps);
    GradientClipper clip = ClipSection.read(training);
    Unavailable.onNonFinite(training);
    return new TrainingConfig(
        present(epochs),
        steps.map(OptionalLong::of).orElse(OptionalLong.empty()),
        batch,
        shards,
        engine,
        tasks,
        reduce,
        bptt,
        optimizer.rule(),
        rate,
        clip,
        present(numbers.integer("validate-every", COUNT)),
        EarlyStoppingSection.read(training),
        CheckpointSection.read(training));
  }

  private static OptionalInt present(Optional<Integer> number) {
    return number.map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  private void requireOneLength() {
    boolean epochs = training.has("epochs");
    boolean steps = training.has("steps");
    if (epochs && steps) {
      training.problem(
          "steps",
          "epochs and steps exclude each other",
          "delete one, on the command line with --set training.epochs=null");
    } else if (!epochs && !steps && training.present()) {
      String message = "required, but missing, and so is steps";
      training.problem("epochs", message, "say how long to train with epochs or steps");
    }
  }

  private OptionalInt shards(int batch) {
    Optional<YamlNode> value = training.value("shards");
    if (value.isEmpty()
        || (value.get() instanceof YamlNode.Scalar scalar && scalar.text().equals("auto"))) {
      return OptionalInt.empty();
    }
    Optional<Integer> shards = numbers.integer("shards", COUNT);
    int blocks = (batch + LANES - 1) / LANES;
    if (shards.isPresent() && shards.get() > blocks && training.sound("batch")) {
      training.problem(
          "shards",
          Count.of(shards.get(), "shard")
              + ", but a batch of "
              + batch
              + " has "
              + Count.of(blocks, "block")
              + " of 8",
          "use at most " + blocks + ", or auto");
    }
    return present(shards);
  }

  /** Slices need the free slots and the shuffle of {@code spark-jobs}, so they ask for it. */
  private EngineKind engineFor(ReduceKind reduce, EngineKind stated) {
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

  private EngineKind engine() {
    Optional<String> engine = training.oneOf("engine", Words.of(EngineKind.class));
    return engine.map(word -> Words.constant(EngineKind.class, word)).orElse(EngineKind.AUTO);
  }

  /** Writes the section. */
  static Map<String, Object> write(TrainingConfig config) {
    Map<String, Object> training = new LinkedHashMap<>();
    config.epochs().ifPresent(epochs -> training.put("epochs", epochs));
    config.steps().ifPresent(steps -> training.put("steps", steps));
    training.put("batch", config.batch());
    training.put("shards", config.shards().isPresent() ? config.shards().getAsInt() : "auto");
    training.put("bptt", BpttSection.write(config.bptt()));
    LearningRate rate = config.learningRate();
    training.put("optimizer", OptimizerSection.write(config.optimizer(), rate.base()));
    training.put("schedule", ScheduleSection.write(rate));
    ClipSection.write(config.clip()).ifPresent(clip -> training.put("clip", clip));
    config.validateEvery().ifPresent(steps -> training.put("validate-every", steps));
    config
        .earlyStopping()
        .ifPresent(stop -> training.put("early-stopping", EarlyStoppingSection.write(stop)));
    config
        .checkpoint()
        .ifPresent(checkpoint -> training.put("checkpoint", CheckpointSection.write(checkpoint)));
    training.put("engine", Words.of(config.engine()));
    training.put("tasks", config.tasks());
    training.put("reduce", Words.of(config.reduce()));
    return training;
  }
}
