package io.hindsight.driver.data;

import io.hindsight.datasets.chunks.ChunkRows;
import io.hindsight.datasets.stored.RowShape;
import io.hindsight.datasets.stored.RowShape.Beside;
import io.hindsight.datasets.windows.SharedFiles;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells executors which chunks in storage to read: their folder, and what their rows have alike.
 */
public final class StorageFiles implements SharedFiles.Codec {
  private static final int AT_ONCE = 1 << 12; // bytes of a text, whatever length is told

  @Override
  public void write(DataOutput out, SharedFiles files) throws IOException {
    ChunkRows rows = (ChunkRows) files;
    StorageFolder folder = (StorageFolder) rows.folder();
    writeText(out, folder.location());
    out.writeInt(folder.hadoop().size());
    for (Map.Entry<String, String> each : folder.hadoop().entrySet()) {
      writeText(out, each.getKey());
      writeText(out, each.getValue());
    }
    writeShape(out, rows.shape());
  }

  @Override
  public SharedFiles read(DataInput in) throws IOException {
    String location = readText(in);
    TreeMap<String, String> hadoop = new TreeMap<>();
    for (int count = in.readInt(); count > 0; count--) {
      hadoop.put(readText(in), readText(in));
    }
    return new ChunkRows(new StorageFolder(location, hadoop), readShape(in));
  }

  private static void writeShape(DataOutput out, RowShape shape) throws IOException {
    out.writeInt(shape.features());
    out.writeInt(shape.beside().categories());
    out.writeInt(shape.beside().numbers());
    out.writeInt(shape.beside().ofSequence());
    out.writeInt(shape.targets());
    out.writeBoolean(shape.classes());
    out.writeBoolean(shape.weights());
  }

  private static RowShape readShape(DataInput in) throws IOException {
    int features = in.readInt();
    Beside beside = new Beside(in.readInt(), in.readInt(), in.readInt());
    RowShape shape =
        new RowShape(features, beside, in.readInt(), in.readBoolean(), in.readBoolean());
    int least = Math.min(beside.categories(), Math.min(beside.numbers(), beside.ofSequence()));
    if (Math.min(least, Math.min(shape.features(), shape.targets())) < 0) {
      throw new IOException("malformed: there are no sequences like " + shape);
    }
    return shape;
  }

  private static void writeText(DataOutput out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      throw new IOException("malformed: a text of %d bytes".formatted(length));
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    byte[] some = new byte[Math.min(length, AT_ONCE)];
    while (text.size() < length) {
      int count = Math.min(some.length, length - text.size());
      in.readFully(some, 0, count);
      text.write(some, 0, count);
    }
    return text.toString(StandardCharsets.UTF_8);
  }
}
