package io.hindsight.datasets.chunks;

import io.hindsight.datasets.DataException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/** Has tasks compare the hash of every chunk, each chunk once. */
final class ChunkCheck implements Function<byte[], List<String>>, Serializable {
  private static final long serialVersionUID = 1L;

  private final ChunkFolder folder;

  private ChunkCheck(ChunkFolder folder) {
    this.folder = folder;
  }

  /**
   * Refuses the first chunk that is not as it was written.
   *
   * @throws DataException if there is one
   */
  static void require(SparkContext spark, ChunkFolder folder, List<Chunk> chunks) {
    if (chunks.isEmpty()) {
      return;
    }
    List<byte[]> sent = chunks.stream().map(Chunk::toBytes).toList();
    for (List<String> fault :
        JavaSparkContext.fromSparkContext(spark)
            .parallelize(sent, sent.size())
            .map(new ChunkCheck(folder))
            .collect()) {
      if (!fault.isEmpty()) {
        throw new DataException(fault.get(0), fault.get(1), fault.get(2), fault.get(3));
      }
    }
  }

  /** The fault of a chunk in its parts; none if it is sound. */
  @Override
  public List<String> call(byte[] sent) throws IOException {
    ChunkFiles files = new ChunkFiles(folder);
    try {
      files.requireSound(Chunk.of(sent));
      return new ArrayList<>();
    } catch (DataException fault) {
      return new ArrayList<>(List.of(fault.rule(), fault.value(), fault.place(), fault.remedy()));
    } finally {
      files.close();
    }
  }
}
