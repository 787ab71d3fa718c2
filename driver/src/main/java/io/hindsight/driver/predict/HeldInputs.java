package io.hindsight.driver.predict;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.encoded.EncodedInputs;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.snapshot.SourceSnapshot;
import io.hindsight.datasets.source.DataReader;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.table.KeptRows;
import io.hindsight.datasets.table.TableReader;
import io.hindsight.driver.answer.KeptColumns;
import io.hindsight.driver.data.DataNotes;

/**
 * The sequences of a table that the driver has read, with what is kept of their rows beside id and
 * time.
 */
record HeldInputs(EncodedInputs encoded, KeptRows kept) {
  /**
   * Reads them. Where something is kept the table is read twice.
   *
   * @param model loaded with the new data's path
   * @throws DataException if it cannot be read or encoded, or changes meanwhile
   */
  static HeldInputs read(
      ModelBundle model, TableSpec data, Encoding.Table encoding, KeptColumns columns) {
    Reading first = new Reading();
    KeptRows kept =
        columns.others().isEmpty()
            ? KeptRows.NONE
            : new TableReader(data.keeping(columns.others()), first)
                .kept(encoding.columns(), encoding.timeSteps());
    EncodedInputs encoded = DataReader.inputs(data, encoding, model.config().seed());
    first.snapshot().ifPresent(SourceSnapshot::requireUnchanged);
    DataNotes.log(encoded.omissions());
    return new HeldInputs(encoded, kept);
  }
}
