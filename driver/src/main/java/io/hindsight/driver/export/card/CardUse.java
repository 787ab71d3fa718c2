package io.hindsight.driver.export.card;

import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a model answers, in a sentence. */
final class CardUse {
  private CardUse() {}

  static String text(CardFacts facts) {
    Encoding encoding = facts.encoding();
    OutputSpec output = facts.description().network().output();
    if (encoding instanceof Encoding.Text text) {
      return "It tells how likely each of %d characters is to be the next one of a text."
          .formatted(text.vocabulary().size());
    }
    if (encoding instanceof Encoding.Generated task) {
      return "It was trained on the generated task %s, to see what a network can learn; it is of no other use."
          .formatted(Markdown.code(task.name()));
    }
    Encoding.Table table = (Encoding.Table) encoding;
    return "It reads %s of a sequence and answers, %s, %s."
        .formatted(
            names(table.columns().numbers(), table.side().columns().ofSteps()),
            output.at() == At.LAST_STEP ? "at its last step" : "at each step",
            answer(table, output));
  }

  private static String answer(Encoding.Table table, OutputSpec output) {
    String targets = names(table.targets(), List.of());
    return switch (table.targetKind()) {
      case VALUE -> form(table, output) + " of " + targets + ahead(table.horizon());
      case CLASS, ORDERED ->
          "the probability of each of %d classes of %s%s"
              .formatted(output.size(), targets, ahead(table.horizon()));
      case MULTILABEL -> "the probability of each label among " + targets;
      case LABEL_STRING -> "a string of labels of " + targets;
    };
  }

  private static String form(Encoding.Table table, OutputSpec output) {
    int paths = table.horizon().paths();
    if (paths > 0) {
      return "the quantiles %s among %d sampled paths"
          .formatted(output.options().quantiles(), paths);
    }
    return switch (output.loss()) {
      case PINBALL -> "the quantiles " + output.options().quantiles();
      case GAUSSIAN, STUDENT_T, NEGATIVE_BINOMIAL, POISSON -> "a distribution";
      default -> "the value";
    };
  }

  private static String ahead(Horizon horizon) {
    if (!horizon.isSingle()) {
      return ", 1 to %d steps ahead".formatted(horizon.steps());
    }
    return switch (horizon.steps()) {
      case 0 -> " at the same step";
      case 1 -> " one step ahead";
      default -> " %d steps ahead".formatted(horizon.steps());
    };
  }

  private static String names(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream())
        .map(Markdown::code)
        .collect(Collectors.joining(", "));
  }
}
