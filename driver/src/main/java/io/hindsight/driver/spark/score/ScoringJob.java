package io.hindsight.driver.spark.score;

import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.encoded.BaselineMethods;
import io.hindsight.datasets.encoded.SplitSequence;
import io.hindsight.datasets.progress.JobName;
import io.hindsight.datasets.sequences.Summing;
import io.hindsight.driver.answer.AnsweringModel;
import io.hindsight.driver.score.PartScore;
import io.hindsight.driver.score.ScoreRule;
import io.hindsight.driver.spark.codec.ModelMessage;
import io.hindsight.driver.spark.session.Sessions;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.reflect.ClassTag$;

/**
 * Has the tasks of a Spark job score a part of the data where it is. What comes back are exact
 * sums, so the figures have the same bits whatever the tasks.
 */
public final class ScoringJob {
  private ScoringJob() {}

  /** Sequences in Spark's tasks, wherever those have them from. */
  @FunctionalInterface
  public interface Source {
    /** Adds up what tasks make of them. */
    PartScore sum(Summing<SplitSequence, PartScore> summing);
  }

  /**
   * Scores a part.
   *
   * @param methods simple forecasts, where targets can be forecast
   * @param rule what is summed beside the usual figures
   */
  public static PartScore run(
      Sessions sessions,
      Source data,
      Part part,
      AnsweringModel model,
      Optional<BaselineMethods> methods,
      ScoreRule rule) {
    SparkContext context = sessions.context();
    Broadcast<ModelMessage> message =
        context.broadcast(
            new ModelMessage(model), ClassTag$.MODULE$.<ModelMessage>apply(ModelMessage.class));
    try (JobName name = JobName.of(context, "score the " + part.text() + " part")) {
      return data.sum(new ScoringTask(message, part, methods.orElse(null), rule));
    } finally {
      if (!context.isStopped()) {
        message.destroy();
      }
    }
  }
}
