package io.hindsight.driver.run;

import io.hindsight.datasets.chunks.ChunkRows;
import io.hindsight.datasets.chunks.ChunkedSequences;
import io.hindsight.datasets.columns.Part;
import io.hindsight.driver.answer.AnsweringModel;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.engine.EngineChoice;
import io.hindsight.driver.score.ConformalMargins;
import io.hindsight.driver.score.FinalMetrics;
import io.hindsight.driver.score.Metrics;
import io.hindsight.driver.score.PartScore;
import io.hindsight.driver.score.ScoreRule;
import io.hindsight.driver.spark.score.ScoringJob;
import io.hindsight.driver.spark.session.Sessions;
import io.hindsight.kernels.network.Parameters;
import java.util.Optional;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores weights in the tasks of a cluster, which read the sequences from shared storage. The
 * scores have the same bits as those of the driver.
 */
public final class StoredScoring {
  private static final Logger LOG = LoggerFactory.getLogger(StoredScoring.class);

  private final RunData data;
  private final Sessions session;
  private final ChunkRows rows;

  private StoredScoring(RunData data, Sessions session, ChunkRows rows) {
    this.data = data;
    this.session = session;
    this.rows = rows;
  }

  /** Of data that is in shared storage; absent if it is not, or there are no other processes. */
  public static Optional<StoredScoring> of(RunData data, Sessions session) {
    return Sessions.master().filter(EngineChoice::isThisProcess).isPresent()
        ? Optional.empty()
        : ofStored(data, session);
  }

  /** The same in one process, too. */
  public static Optional<StoredScoring> ofStored(RunData data, Sessions session) {
    return data.encoded()
        .training()
        .shared()
        .map(files -> new StoredScoring(data, session, (ChunkRows) files));
  }

  /** What weights reach on validation and test part; what fails elsewhere is computed here. */
  SortedMap<String, Double> metrics(Parameters weights) {
    try {
      return FinalMetrics.of(data, part -> score(part, weights));
    } catch (Exception failure) { // Scala declares no checked exceptions
      if (failure instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
        throw failure;
      }
      LOG.warn("the driver scores the result itself: {}", failure.getMessage());
      return FinalMetrics.of(data, weights);
    }
  }

  /** The same weights with their margins; what fails elsewhere is computed here. */
  Parameters calibrated(Parameters weights) {
    try {
      return ConformalMargins.calibrated(
          weights, rule -> score(Part.VALIDATION, weights, rule).scores());
    } catch (Exception failure) { // Scala declares no checked exceptions
      if (failure instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
        throw failure;
      }
      LOG.warn("the driver finds the margins itself: {}", failure.getMessage());
      return ConformalMargins.calibrated(data, weights);
    }
  }

  /** What weights reach on a part. */
  public PartScore score(Part part, Parameters weights) {
    return score(part, weights, Metrics.rule(data.config().data()));
  }

  private PartScore score(Part part, Parameters weights, ScoreRule rule) {
    ChunkedSequences sequences = ChunkedSequences.of(rows);
    AnsweringModel model =
        new AnsweringModel(weights, sequences.encoding(), data.config().training().bptt());
    return ScoringJob.run(
        session, summing -> sequences.sum(part, summing), part, model, Optional.empty(), rule);
  }
}
