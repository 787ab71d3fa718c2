package io.hindsight.datasets.table;

import io.hindsight.datasets.files.HadoopSettings;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/**
 * Timestamps in nanoseconds, as pandas writes them. Spark has no such type; with its switch {@code
 * spark.sql.legacy.parquet.nanosAsLong}, which our sessions have on, it gives whole numbers, and
 * only the file tells what they are.
 */
final class ParquetNanos {
  private ParquetNanos() {}

  /**
   * The columns of a file that hold such times.
   *
   * @return whether each counts from 1970 in UTC, rather than in no zone, by name
   */
  static Map<String, Boolean> columns(Path file) throws IOException {
    Map<String, Boolean> columns = new HashMap<>();
    HadoopInputFile input = HadoopInputFile.fromPath(file, HadoopSettings.configuration());
    try (ParquetFileReader reader = ParquetFileReader.open(input)) {
      for (Type field : reader.getFooter().getFileMetaData().getSchema().getFields()) {
        if (field.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation time
            && time.getUnit() == TimeUnit.NANOS) {
          columns.put(field.getName(), time.isAdjustedToUTC());
        }
      }
    }
    return columns;
  }
}
