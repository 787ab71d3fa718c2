package io.hindsight.datasets.chunks;

import io.hindsight.datasets.Omissions;
import io.hindsight.datasets.Spacing;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.encoded.PartTally;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.SideEncoding;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.split.Splits;
import io.hindsight.datasets.stored.RowShape;
import io.hindsight.datasets.stored.SequenceWriter;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of a table that was encoded, but its sequences.
 *
 * @param encoding fitted to its training part
 * @param tally of the parts
 * @param fingerprint of the parts
 * @param omissions what of it takes no part
 * @param spacing how evenly its rows follow each other
 * @param notes what a user should know of its columns
 */
public record TableFacts(
    Encoding.Table encoding,
    PartTally tally,
    String fingerprint,
    Omissions omissions,
    Optional<Spacing> spacing,
    List<String> notes) {
  /** What its rows have alike. */
  RowShape shape() {
    boolean classes = encoding.labels().isPresent();
    SideEncoding side = encoding.side();
    RowShape.Beside beside =
        new RowShape.Beside(side.steps().size(), side.numbers().size(), side.ofSequence().size());
    int targets = classes ? 0 : encoding.outputs();
    boolean weights = side.weights().ofRows() || (classes && side.weights().ofClasses());
    return new RowShape(encoding.features(), beside, targets, classes, weights);
  }

  /** The data, wherever its rows are. */
  public EncodedData data(SequenceWriter.Rows rows) {
    Optional<Forecast> forecast =
        encoding.targetKind() == TargetKind.VALUE
            ? Optional.of(Forecast.reading(encoding, rows.series()))
            : Optional.empty();
    return new EncodedData(
            encoding.input(),
            encoding.outputs(),
            Splits.at(rows.sequences(), rows.cuts()),
            encoding,
            forecast,
            spacing,
            omissions)
        .knowing(tally, fingerprint);
  }
}
