package io.hindsight.datasets.encoded;

import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.datasets.windows.SequenceList;
import io.hindsight.datasets.windows.WindowHash;
import io.hindsight.kernels.batch.Window;

/** What is known of the parts of data once each of their sequences was looked at, by anybody. */
public final class PartSums implements Mergeable<PartSums> {
  private static final long serialVersionUID = 1L;

  private final PartTally tally = new PartTally();
  private final Fingerprint fingerprint = new Fingerprint();

  /** Of all sequences of some parts, each of which is read. */
  public static PartSums of(EncodedData.Parts parts) {
    PartSums sums = new PartSums();
    sums.add(parts);
    return sums;
  }

  /** Takes the parts of further sequences, which need not be held. */
  public void add(EncodedData.Parts parts) {
    for (Part part : Part.values()) {
      SequenceList sequences = parts.of(part);
      for (int i = 0; i < sequences.size(); i++) {
        tally.add(part, sequences, i);
        fingerprint.add(part, WindowHash.of(sequences, i));
      }
    }
  }

  /** Adds a sequence of a part. */
  public void add(Part part, Window window) {
    tally.add(part, window);
    fingerprint.add(part, window);
  }

  @Override
  public void merge(PartSums other) {
    tally.merge(other.tally);
    fingerprint.merge(other.fingerprint);
  }

  /** How many sequences the parts have, and which can be scored. */
  public PartTally tally() {
    return tally;
  }

  /**
   * The identity of the data: that of its sequences, and of the names of categories, if there are
   * any.
   */
  public String fingerprint(Encoding encoding) {
    return encoding instanceof Encoding.Table table && !table.side().isEmpty()
        ? fingerprint.text(table.toJson().toString())
        : fingerprint.text();
  }
}
