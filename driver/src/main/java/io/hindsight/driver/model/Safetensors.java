package io.hindsight.driver.model;

import io.hindsight.driver.model.ModelException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * The safetensors format, for tensors of doubles; single-precision tensors are widened on reading.
 *
 * <pre>
 * offset  size  content
 * 0       8     N: length of the header, unsigned little-endian, a multiple of 8 as written here
 * 8       N     header: one JSON object, padded with spaces
 *               {"__metadata__": {key: text, …},
 *                name: {"dtype": "F64", "shape": [rows, columns], "data_offsets": [begin, end]}, …}
 * 8 + N   …     the tensors' elements, row-major, little-endian, without gaps;
 *               begin and end count bytes from here
 * </pre>
 *
 * <p>Reading is strict: every byte of the file belongs to the header or to exactly one tensor.
 */
public final class Safetensors {
  private static final int CHUNK = 8192; // bytes

  /**
   * What a file holds.
   *
   * @param tensors in the order of their data
   * @param metadata the texts of {@code __metadata__}
   */
  public record Contents(List<Tensor> tensors, SortedMap<String, String> metadata) {}

  private Safetensors() {}

  /**
   * Writes tensors as F64, in the given order. The same arguments give the same bytes.
   *
   * @param out not closed
   */
  public static void write(
      OutputStream out, List<Tensor> tensors, SortedMap<String, String> metadata)
      throws IOException {
    byte[] header = SafetensorsHeader.of(tensors, metadata);
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.write(length.putLong(header.length).array());
    out.write(header);
    byte[] chunk = new byte[CHUNK];
    for (Tensor tensor : tensors) {
      writeValues(out, tensor.values(), chunk);
    }
  }

  private static void writeValues(OutputStream out, double[] values, byte[] chunk)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
    int most = CHUNK / Double.BYTES;
    for (int from = 0; from < values.length; from += most) {
      int count = Math.min(most, values.length - from);
      buffer.asDoubleBuffer().put(values, from, count);
      out.write(chunk, 0, count * Double.BYTES);
    }
  }

  /**
   * Reads a whole file.
   *
   * @param in at its beginning; not closed
   * @param length of the file in bytes
   * @param where the file's name, for errors
   * @throws ModelException if it is too short, not of this format, corrupt, or of an element type
   *     other than F64 and F32
   */
  public static Contents read(InputStream in, long length, String where) throws IOException {
    SafetensorsHeader header = SafetensorsHeader.read(in, length, where);
    byte[] chunk = new byte[CHUNK];
    List<Tensor> tensors = new ArrayList<>();
    for (SafetensorsHeader.Entry entry : header.entries()) {
      double[] values = new double[entry.elements()];
      if (entry.single()) {
        readSingles(in, values, chunk, where);
      } else {
        readDoubles(in, values, chunk, where);
      }
      tensors.add(new Tensor(entry.name(), entry.shape(), values));
    }
    return new Contents(List.copyOf(tensors), header.metadata());
  }

  private static void readDoubles(InputStream in, double[] values, byte[] chunk, String where)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
    int most = CHUNK / Double.BYTES;
    for (int from = 0; from < values.length; from += most) {
      int count = Math.min(most, values.length - from);
      readFully(in, chunk, count * Double.BYTES, where);
      buffer.asDoubleBuffer().get(values, from, count);
    }
  }

  private static void readSingles(InputStream in, double[] values, byte[] chunk, String where)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
    int most = CHUNK / Float.BYTES;
    for (int from = 0; from < values.length; from += most) {
      int count = Math.min(most, values.length - from);
      readFully(in, chunk, count * Float.BYTES, where);
      for (int i = 0; i < count; i++) {
        values[from + i] = buffer.getFloat(i * Float.BYTES);
      }
    }
  }

  static void readFully(InputStream in, byte[] target, int count, String where) throws IOException {
    int read = in.readNBytes(target, 0, count);
    if (read < count) {
      throw new ModelException(Kind.TOO_SHORT, where + " ends in the middle of its data");
    }
  }
}
