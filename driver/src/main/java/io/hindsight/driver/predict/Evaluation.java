package io.hindsight.driver.predict;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Omissions;
import io.hindsight.datasets.Spacing;
import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.encoded.BaselineMethods;
import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.encoded.ForecastBaselines;
import io.hindsight.datasets.encoded.PartTally;
import io.hindsight.datasets.source.PartitionedData;
import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.driver.answer.AnsweringModel;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.score.Baselines;
import io.hindsight.driver.score.Details;
import io.hindsight.driver.score.Evaluator;
import io.hindsight.driver.score.Further;
import io.hindsight.driver.score.HeldSequences;
import io.hindsight.driver.score.Metrics;
import io.hindsight.driver.score.PartScore;
import io.hindsight.driver.score.ScoreRule;
import io.hindsight.driver.score.Scores;
import io.hindsight.driver.score.example.Examples;
import io.hindsight.driver.spark.score.ScoringJob;
import io.hindsight.driver.spark.session.Sessions;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Scores a stored model on data, beside honest baselines where it forecasts. */
public final class Evaluation {
  /**
   * What a model reaches.
   *
   * @param part the part that was scored: test, or validation where there is no test part
   * @param targets number of targets
   * @param metrics loss, and what fits the task; and how many targets were skipped and sequences
   *     left out, if any
   * @param baselines root mean squared errors of simple forecasts on the same targets, by name;
   *     empty where the task is no forecast
   * @param answered targets that each baseline answers, by name: fewer where it needs the value of
   *     a time that the data leaves out
   * @param missing why a baseline that could be there is not, by name
   * @param spacing how evenly the rows of the data follow each other in time
   * @param details the metrics target by target, or class by class
   * @param further what goes with further figures
   */
  public record Report(
      String part,
      long targets,
      SortedMap<String, Double> metrics,
      SortedMap<String, Double> baselines,
      SortedMap<String, Long> answered,
      SortedMap<String, String> missing,
      Optional<Spacing> spacing,
      Details details,
      Further further) {}

  private Evaluation() {}

  /**
   * What was found out of a part.
   *
   * @param score sums of the part
   * @param skipped targets that training did not see
   * @param forecast tells the target columns, for numeric targets
   */
  public record Judged(
      Part part,
      PartScore score,
      long skipped,
      Baselines baselines,
      Omissions omissions,
      Optional<Spacing> spacing,
      Optional<Forecast> forecast) {
    /** The sums of the network. */
    public Scores scores() {
      return score.scores();
    }
  }

  /**
   * Scores a model: on the driver, or where the data is a large table in the tasks that hold it.
   * The figures are the same to the last bit.
   *
   * @throws DataException if the data has no part to score, or cannot be read or encoded
   */
  public static Report run(ModelBundle given) {
    return ModelFacts.of(given).report(judge(given, UnaryOperator.identity()));
  }

  /**
   * As {@link #run(ModelBundle)}, also sequence by sequence.
   *
   * @param file where these are written, a row for each in the order of their ids: a path or URI
   *     that ends in {@code .csv} or {@code .jsonl}, and must not exist
   */
  public static Report run(ModelBundle given, String file) {
    return run(given, Optional.of(file), Optional.empty());
  }

  /**
   * As {@link #run(ModelBundle)}, with more than figures.
   *
   * @param file where they are written sequence by sequence, as by the other
   * @param examples is told of some answers, unless {@code output.examples} is false, tasks hold
   *     the data, or there are none
   */
  public static Report run(
      ModelBundle given, Optional<String> file, Optional<Consumer<ObjectNode>> examples) {
    file.ifPresent(SequenceTable::requireNew);
    UnaryOperator<ScoreRule> more =
        file.isPresent() ? ScoreRule::withSequences : UnaryOperator.identity();
    Report report = ModelFacts.of(given).report(judge(given, more, examples));
    boolean values = report.metrics().containsKey("rmse");
    file.ifPresent(name -> SequenceTable.write(report.further().sequences(), values, name));
    return report;
  }

  /**
   * As {@link #run}, with more than is summed otherwise.
   *
   * @param more what that is
   */
  public static Judged judge(ModelBundle given, UnaryOperator<ScoreRule> more) {
    return judge(given, more, Optional.empty());
  }

  private static Judged judge(
      ModelBundle given, UnaryOperator<ScoreRule> more, Optional<Consumer<ObjectNode>> examples) {
    given.requireMargins();
    ScoreRule rule = more.apply(Metrics.rule(given.config().data()));
    try (Sessions session = Sessions.forRun(given.config())) {
      ModelBundle model = given.pinned();
      Optional<PartitionedData> partitioned = model.partitionedData();
      return partitioned.isPresent()
          ? judge(session, model, partitioned.get(), rule)
          : judgeHere(model, rule, examples);
    }
  }

  private static Judged judgeHere(
      ModelBundle model, ScoreRule rule, Optional<Consumer<ObjectNode>> examples) {
    RunData data = model.readData();
    Part scored = scored(data.test().isEmpty(), data.validation().isEmpty());
    examples
        .filter(wanted -> model.config().output().examples())
        .ifPresent(to -> Examples.of(data, model.parameters()).ifPresent(to));
    WindowBlocks part = scored == Part.TEST ? data.test() : data.validation();
    PartScore score =
        rule.bySequence()
            ? HeldSequences.score(data, scored, model.parameters(), rule)
            : new PartScore(Evaluator.of(data, part, rule).evaluate(model.parameters()));
    return new Judged(
        scored,
        score,
        data.skipped(part),
        Baselines.of(model.config().data(), data, part),
        data.encoded().omissions(),
        data.encoded().spacing(),
        data.encoded().forecast());
  }

  private static Judged judge(
      Sessions session, ModelBundle model, PartitionedData partitioned, ScoreRule rule) {
    try (PartitionedData data = partitioned) {
      PartTally parts = data.parts();
      Part scored = scored(parts.isEmpty(Part.TEST), parts.isEmpty(Part.VALIDATION));
      Optional<Integer> season = Baselines.season(model.config().data());
      Optional<BaselineMethods> methods = data.baselines(season);
      AnsweringModel answering =
          new AnsweringModel(model.parameters(), data.encoding(), model.config().training().bptt());
      PartScore score =
          ScoringJob.run(session, data.partitions()::sum, scored, answering, methods, rule);
      Optional<ForecastBaselines> baselines =
          methods.flatMap(some -> some.result(score.baselines()));
      return new Judged(
          scored,
          score,
          data.omissions().unseen().isPresent() ? score.skipped() : 0,
          Baselines.of(baselines, season.isPresent(), !parts.isEmpty(Part.TRAINING)),
          data.omissions(),
          data.spacing(),
          data.forecast());
    }
  }

  private static Part scored(boolean noTest, boolean noValidation) {
    if (noTest && noValidation) {
      throw new DataException(
          "there must be a test or a validation part to evaluate on",
          "none",
          "data.split",
          "give other data with --data, or a share with --set data.split.test=0.1");
    }
    return noTest ? Part.VALIDATION : Part.TEST;
  }
}
