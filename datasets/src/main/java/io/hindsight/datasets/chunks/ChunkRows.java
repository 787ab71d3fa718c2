package io.hindsight.datasets.chunks;

import io.hindsight.datasets.stored.EncodedFile;
import io.hindsight.datasets.stored.RowShape;
import io.hindsight.datasets.windows.SharedFiles;

/**
 * The rows of chunks, for whoever knows where they are.
 *
 * @param folder of the chunks
 * @param shape what the rows have alike
 */
public record ChunkRows(ChunkFolder folder, RowShape shape) implements SharedFiles {
  @Override
  public String location() {
    return folder.location();
  }

  @Override
  public long stepBytes() {
    long numbers = (long) Double.BYTES * (shape.features() + shape.targets());
    long weights = shape.weights() ? Double.BYTES : 0;
    return numbers + weights + (shape.classes() ? Integer.BYTES : 0);
  }

  @Override
  public Steps inOrder() {
    return new EncodedFile(new ReadAhead(new ChunkFiles(folder)), shape)::steps;
  }
}
